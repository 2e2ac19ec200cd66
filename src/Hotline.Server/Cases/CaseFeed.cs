using Hotline.Triage;
using Microsoft.EntityFrameworkCore;

namespace Hotline.Server.Cases;

/// <summary>A change of a ticket as the feed shows it.</summary>
internal sealed record FeedEntry(long Number, string Kind, string Ticket, TriageLevel Level);

/// <summary>
/// The numbered feed of changes. Rows are written without a number, with the change itself; one pass then numbers them
/// in order, so that a reader who has seen N has seen everything up to N. <see cref="Changed"/> is only a hint.
/// </summary>
internal sealed class CaseFeed(IDbContextFactory<CasesDb> databases) : IDisposable
{
    private readonly SemaphoreSlim _numbering = new(1, 1);

    /// <summary>Something has a new number. Readers read again; losing a hint costs a poll.</summary>
    public event Action? Changed;

    public void Add(CasesDb db, string kind, string ticket, TriageLevel level) =>
        db.Feed.Add(new FeedRow { Kind = kind, Ticket = ticket, Level = level });

    /// <summary>Gives numbers to what has none yet.</summary>
    public async Task NumberAsync(CancellationToken ct)
    {
        await _numbering.WaitAsync(ct);
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var fresh = await db.Feed.Where(f => f.Number == null).OrderBy(f => f.Seq).ToListAsync(ct);
            if (fresh.Count == 0)
            {
                return;
            }

            var last = await db.Feed.MaxAsync(f => f.Number, ct) ?? 0;
            foreach (var row in fresh)
            {
                row.Number = ++last;
            }

            await db.SaveChangesAsync(ct);
        }
        finally
        {
            _numbering.Release();
        }

        Changed?.Invoke();
    }

    /// <summary>The highest number given.</summary>
    public async Task<long> LastAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Feed.MaxAsync(f => f.Number, ct) ?? 0;
    }

    public async Task<IReadOnlyList<FeedEntry>> ReadAsync(long after, int max, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Feed.AsNoTracking().Where(f => f.Number > after).OrderBy(f => f.Number).Take(max)
            .Select(f => new FeedEntry(f.Number!.Value, f.Kind, f.Ticket, f.Level)).ToListAsync(ct);
    }

    /// <summary>Waits for a hint, or for <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken ct)
    {
        var hint = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Changed += Set;
        try
        {
            await hint.Task.WaitAsync(atMost, time, ct);
        }
        catch (TimeoutException)
        {
            // the poll
        }
        finally
        {
            Changed -= Set;
        }

        void Set() => hint.TrySetResult();
    }

    public void Dispose() => _numbering.Dispose();
}
