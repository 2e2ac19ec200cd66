using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Hotline.Conversations;
using Microsoft.AspNetCore.DataProtection;

namespace Hotline.Server.Turns;

/// <summary>A message parked on disk: what is needed to run its turn later.</summary>
internal sealed record SpooledMessage(
    string Channel, string Address, string MessageId, string Text, int MediaCount, OptOutKind? ProviderOptOut, bool ProviderAnswersOptOut);

/// <summary>
/// Messages accepted while the store was away: one sealed file each, fsynced before the provider hears "200",
/// drained oldest first. While anything waits, later messages queue behind it, so that the order of acknowledgement holds.
/// </summary>
internal sealed class InboundSpool : IDisposable
{
    private readonly string _folder;
    private readonly IDataProtector _protector;
    private readonly TurnWatch _watch;
    private readonly SemaphoreSlim _write = new(1, 1);
    private readonly SemaphoreSlim _drain = new(1, 1);
    private long _next;
    private int _waiting;
    private int _heldFiles;
    private volatile IReadOnlySet<(string Channel, Urn Person)> _held = new HashSet<(string, Urn)>();

    public InboundSpool(string folder, IDataProtectionProvider protection, TurnWatch watch)
    {
        _folder = folder;
        _protector = protection.CreateProtector("hotline.spool");
        _watch = watch;
        Directory.CreateDirectory(folder);
        foreach (var half in Directory.EnumerateFiles(folder, "*.tmp"))
        {
            File.Delete(half); // never acknowledged
        }

        var files = Waiting();
        _waiting = files.Count;
        _next = files.Count == 0 ? 0 : long.Parse(Path.GetFileNameWithoutExtension(files[^1]), CultureInfo.InvariantCulture) + 1;
    }

    public int Count => Volatile.Read(ref _waiting);

    /// <summary>Whether a new message must queue behind others. Those that cannot be run for now hold back only their own person's.</summary>
    public bool HasBacklog => Count > Volatile.Read(ref _heldFiles);

    /// <summary>Whether this message must queue: behind others, or behind one of the same person.</summary>
    public bool MustWait(TurnRequest request) => HasBacklog || _held.Contains((request.Channel, request.Address));

    /// <summary>Parks a message. When this returns, the message is durable.</summary>
    /// <exception cref="IOException">It is not durable: answer 503.</exception>
    public async Task SpoolAsync(TurnRequest request, CancellationToken ct)
    {
        if (request.Input is not TurnInput.MessageReceived message)
        {
            throw new ArgumentException("only messages are spooled", nameof(request));
        }

        var body = _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(
            new SpooledMessage(
                request.Channel, request.Address.Value, message.MessageId, message.Text, message.MediaCount, message.ProviderOptOut, message.ProviderAnswersOptOut),
            TurnsJson.Default.SpooledMessage));
        await _write.WaitAsync(ct);
        try
        {
            WriteDurably(Path.Combine(_folder, $"{_next:D18}"), body);
            _next++;
            Interlocked.Increment(ref _waiting);
            _watch.Metrics.Spooled.Add();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException("the spool folder cannot be written", e);
        }
        finally
        {
            _write.Release();
        }
    }

    /// <summary>Runs what waits, oldest first, until it is empty or the store fails again.</summary>
    public async Task DrainAsync(Func<TurnRequest, CancellationToken, Task> handle, CancellationToken ct)
    {
        if (Count == 0 || !await _drain.WaitAsync(0, ct))
        {
            return;
        }

        try
        {
            await PassAsync(handle, ct);
        }
        catch (StoreUnavailableException)
        {
            _watch.Log.SpoolWaits(Count);
        }
        finally
        {
            _drain.Release();
        }
    }

    private async Task PassAsync(Func<TurnRequest, CancellationToken, Task> handle, CancellationToken ct)
    {
        Volatile.Write(ref _heldFiles, 0);
        var held = new HashSet<(string, Urn)>();
        var files = 0;
        foreach (var file in Waiting())
        {
            var request = Read(file);
            if (request is not null && (held.Contains((request.Channel, request.Address)) || !await TryAsync(file, request, handle, ct)))
            {
                held.Add((request.Channel, request.Address));
                files++;
                continue;
            }

            Interlocked.Decrement(ref _waiting);
        }

        _held = held;
        Volatile.Write(ref _heldFiles, files);
    }

    /// <summary>Whether the message is run. One that cannot be stays and is tried again, and holds back nobody else's.</summary>
    private async Task<bool> TryAsync(string file, TurnRequest request, Func<TurnRequest, CancellationToken, Task> handle, CancellationToken ct)
    {
        try
        {
            await handle(request, ct);
            File.Delete(file);
            return true;
        }
#pragma warning disable CA1031 // one message's fault must not hold back the others'
        catch (Exception e) when (e is not (OperationCanceledException or StoreUnavailableException { IsOfOneConversation: false }))
        {
            _watch.Log.SpoolStopped(e.GetType().Name);
            return false;
        }
#pragma warning restore CA1031
    }

    /// <summary>Whether a message could be parked now: tried with a real write.</summary>
    public bool IsDurable()
    {
        try
        {
            var probe = Path.Combine(_folder, "probe");
            WriteDurably(probe, "ok"u8.ToArray());
            File.Delete(probe + ".msg");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _write.Dispose();
        _drain.Dispose();
    }

    private List<string> Waiting() =>
        [.. Directory.EnumerateFiles(_folder, "*.msg").Where(f => Path.GetFileNameWithoutExtension(f) is { Length: 18 }).Order(StringComparer.Ordinal)];

    private TurnRequest? Read(string file)
    {
        try
        {
            var m = JsonSerializer.Deserialize(_protector.Unprotect(File.ReadAllBytes(file)), TurnsJson.Default.SpooledMessage)
                ?? throw new JsonException("null is no message");
            return new(m.Channel, new Urn(m.Address), new TurnInput.MessageReceived(m.MessageId, m.Text)
            {
                MediaCount = m.MediaCount,
                ProviderOptOut = m.ProviderOptOut,
                ProviderAnswersOptOut = m.ProviderAnswersOptOut,
            });
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            _watch.Metrics.SpoolDamaged.Add();
            _watch.Log.SpoolDamaged(Path.GetFileName(file), e.GetType().Name);
            File.Move(file, file + ".damaged", overwrite: true);
            return null;
        }
    }

    private void WriteDurably(string path, byte[] body)
    {
        using (var stream = new FileStream(path + ".tmp", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(body);
            stream.Flush(flushToDisk: true);
        }

        File.Move(path + ".tmp", path + ".msg");
        DirectorySync.Flush(_folder);
    }
}

/// <summary>fsync of a folder, so that a rename in it survives a power cut. .NET has no face for it.</summary>
internal static partial class DirectorySync
{
    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var handle = Open(folder, 0);
        if (handle < 0)
        {
            throw new IOException("the folder cannot be opened for fsync");
        }

        try
        {
            if (Fsync(handle) != 0)
            {
                throw new IOException("fsync of the folder failed");
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
