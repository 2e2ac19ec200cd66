using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Hotline.Conversations;
using Hotline.Server.Privacy;
using Hotline.Server.Turns;

namespace Hotline.Server.Channels.DirectLine;

/// <param name="Json">The ActivitySet.</param>
/// <param name="Watermark">Where to read on.</param>
/// <param name="Visible">How many activities are in it.</param>
internal sealed record ActivitySet(byte[] Json, long Watermark, int Visible);

/// <summary>Reads and appends to the sealed logs of conversations.</summary>
internal sealed class ChatLog(IConversationStore store, TurnSealing sealing, Pseudonyms pseudonyms, TimeProvider time, ILogger<ChatLog> log)
{
    public const string Channel = "directline";

    /// <summary>Entries in one answer or frame.</summary>
    private const int PageSize = 100;

    public DateTimeOffset Now => time.GetUtcNow();

    public static Urn UrnOf(string conversation) => new($"{Channel}:{conversation}");

    public ConversationAddress AddressOf(string conversation) => new(Channel, pseudonyms.For(UrnOf(conversation)));

    public async Task<bool> ExistsAsync(string conversation, CancellationToken ct) =>
        (await store.LoadAsync(AddressOf(conversation), null, ct)).State is not null;

    /// <summary>The activities after a watermark.</summary>
    public async Task<ActivitySet> ReadAsync(string conversation, long after, CancellationToken ct)
    {
        var address = AddressOf(conversation);
        var lines = await store.ReadLogAsync(address, after, PageSize, ct);
        if (lines.Count == 0)
        {
            return new(Empty(after), after, 0);
        }

        var seal = await sealing.SealOfAsync(address.Contact, ct);
        var watermark = lines[^1].Index;
        var visible = 0;
        var damaged = 0;
        var json = WireJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("activities");
            foreach (var line in lines)
            {
                try
                {
                    visible += ActivityLog.WriteActivity(writer, seal.Open(line.Body, TurnSealing.LogPurpose), conversation, line.Index) ? 1 : 0;
                }
                catch (CryptographicException)
                {
                    damaged++;
                }
            }

            writer.WriteEndArray();
            WriteWatermark(writer, watermark);
            writer.WriteEndObject();
        });
        if (damaged > 0)
        {
            log.EntriesUnreadable(damaged, nameof(CryptographicException));
        }

        return new(json, watermark, visible);
    }

    /// <summary>An answer for when there is nothing, or the store is away: a client that polls must never see an error.</summary>
    public static byte[] Empty(long watermark) => WireJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("activities");
        writer.WriteEndArray();
        WriteWatermark(writer, watermark);
        writer.WriteEndObject();
    });

    /// <summary>Appends one entry outside a turn; a repeat gives the index of the first.</summary>
    public async Task<long> AppendAsync(string conversation, byte[] entry, string repeatId, CancellationToken ct)
    {
        var address = AddressOf(conversation);
        var seal = await sealing.SealOfAsync(address.Contact, ct);
        var seenKey = pseudonyms.SeenKey(Channel, address.Contact, repeatId);
        return await store.AppendLogAsync(address, [seal.Seal(entry, TurnSealing.LogPurpose)], seenKey, Now, ct);
    }

    /// <summary>One entry in clear, <c>null</c> when it is gone.</summary>
    public async Task<byte[]?> ReadEntryAsync(string conversation, long index, CancellationToken ct)
    {
        var address = AddressOf(conversation);
        var lines = await store.ReadLogAsync(address, index - 1, 1, ct);
        return lines is [{ } line] && line.Index == index
            ? (await sealing.SealOfAsync(address.Contact, ct)).Open(line.Body, TurnSealing.LogPurpose)
            : null;
    }

    /// <summary>A watermark as clients send it back; missing or empty = from the start. <c>null</c>: not one of ours.</summary>
    public static long? ReadWatermark(string? text) =>
        string.IsNullOrEmpty(text) ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var watermark) ? watermark
        : null;

    private static void WriteWatermark(Utf8JsonWriter writer, long watermark) =>
        writer.WriteString("watermark", watermark.ToString(CultureInfo.InvariantCulture));
}
