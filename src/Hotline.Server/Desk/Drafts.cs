using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Hotline.Server.Cases;
using Hotline.Server.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Hotline.Server.Desk;

/// <summary>Whose draft it is, of which ticket, in which editor: reply and note never share one.</summary>
internal readonly record struct DraftKey(string Staff, string Ticket, string Editor);

/// <summary>
/// What staff are typing. A dropped line or a closed tab loses nothing; once a second it is written down, sealed, so
/// that a killed server loses a second of it at most.
/// </summary>
internal sealed class Drafts(IDbContextFactory<CasesDb> databases, KeyStore keys, CourierWatch watch) : BackgroundService
{
    private const string Purpose = "draft";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<DraftKey, string> _texts = new();
    private readonly ConcurrentDictionary<DraftKey, bool> _changed = new();

    public async Task<string> ReadAsync(DraftKey key, CancellationToken ct)
    {
        if (_texts.TryGetValue(key, out var text))
        {
            return text;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Drafts.AsNoTracking().SingleOrDefaultAsync(d => d.Staff == key.Staff && d.Ticket == key.Ticket && d.Editor == key.Editor, ct) is not { } row)
        {
            return "";
        }

        try
        {
            return Encoding.UTF8.GetString((await keys.ForTicketAsync(new(key.Ticket), ct)).Open(row.SealedText, Purpose));
        }
        catch (CryptographicException)
        {
            return ""; // the ticket's key is gone, and its words with it
        }
    }

    public void Write(DraftKey key, string text)
    {
        _texts[key] = text;
        _changed[key] = true;
    }

    /// <summary>Writes down what has changed.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        foreach (var key in _changed.Keys)
        {
            _changed.TryRemove(key, out _);
            try
            {
                await SaveAsync(key, _texts.GetValueOrDefault(key, ""), ct);
            }
            catch (Exception e) when (e is DbUpdateException or Microsoft.Data.Sqlite.SqliteException)
            {
                _changed.TryAdd(key, true);
                watch.Log.DraftWaits(key.Ticket, e.GetType().Name);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, watch.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await FlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await FlushAsync(CancellationToken.None);
        }
    }

    private async Task SaveAsync(DraftKey key, string text, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var row = await db.Drafts.SingleOrDefaultAsync(d => d.Staff == key.Staff && d.Ticket == key.Ticket && d.Editor == key.Editor, ct);
        if (text.Length == 0)
        {
            if (row is not null)
            {
                db.Drafts.Remove(row);
            }
        }
        else
        {
            var body = (await keys.ForTicketAsync(new(key.Ticket), ct)).Seal(Encoding.UTF8.GetBytes(text), Purpose);
            if (row is null)
            {
                db.Drafts.Add(new DraftRow { Staff = key.Staff, Ticket = key.Ticket, Editor = key.Editor, SealedText = body });
            }
            else
            {
                row.SealedText = body;
            }
        }

        await db.SaveChangesAsync(ct);
        if (text.Length == 0)
        {
            _texts.TryRemove(new(key, "")); // only if nothing was typed meanwhile
        }
    }
}
