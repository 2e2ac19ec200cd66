using System.Buffers.Binary;
using System.Text;
using Hotline.Conversations;
using Hotline.Server.Turns;

namespace Hotline.Server.Storage.Redis;

/// <summary>The packed forms that this program and the scripts share; <c>Scripts/common.lua</c> is the other side.</summary>
internal static class PackedForm
{
    /// <summary>Form of a conversation's head, its first byte.</summary>
    public const byte Head = 1;

    private const byte Digest = 1;
    private const byte Text = 0;
    private const int DigestBytes = 32;
    private const int HeadSize = 51;
    private const int EntryHead = 28;
    private const int PartHead = 13;

    /// <summary>Contact and channel in few bytes, which stand in many keys.</summary>
    public static byte[] Address(ConversationAddress address)
    {
        var contact = address.Contact.Value;
        return contact.Length == 2 * DigestBytes && contact.All(char.IsAsciiHexDigitLower)
            ? [Digest, .. Convert.FromHexString(contact), .. Encoding.UTF8.GetBytes(address.Channel)]
            : [Text, .. Encoding.UTF8.GetBytes($"{address.Channel}\0{contact}")];
    }

    public static ConversationAddress ReadAddress(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] == Digest)
        {
            return new(Encoding.UTF8.GetString(bytes[(1 + DigestBytes)..]), new(Convert.ToHexStringLower(bytes.Slice(1, DigestBytes))));
        }

        var text = Encoding.UTF8.GetString(bytes[1..]);
        var cut = text.IndexOf('\0', StringComparison.Ordinal);
        return new(text[..cut], new ContactKey(text[(cut + 1)..]));
    }

    /// <exception cref="NewerFormException">A newer server has written it.</exception>
    public static LoadedConversation ReadConversation(byte[]? bytes, long? seenAt)
    {
        if (bytes is null)
        {
            return new(null, 0, seenAt);
        }

        return bytes[0] != Head
            ? throw new NewerFormException()
            : new(bytes[(HeadSize + bytes[HeadSize - 2] + bytes[HeadSize - 1])..], (long)Number(bytes.AsSpan(1)), seenAt);
    }

    /// <summary>A line of a transcript. An event of the conversation itself leaves out the conversation's id.</summary>
    public static byte[] Line(SealedLine line, ConversationId conversation)
    {
        var isOwn = line.Id.Value.StartsWith(conversation.Value, StringComparison.Ordinal);
        var id = Encoding.UTF8.GetBytes(isOwn ? line.Id.Value[conversation.Value.Length..] : line.Id.Value);
        var packed = new byte[10 + id.Length + line.Body.Length];
        packed[0] = isOwn ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(packed.AsSpan(1), line.At.ToUnixTimeMilliseconds());
        packed[9] = checked((byte)id.Length);
        id.CopyTo(packed, 10);
        line.Body.CopyTo(packed, 10 + id.Length);
        return packed;
    }

    public static SealedLine ReadLine(byte[] packed, string conversation)
    {
        var id = Encoding.UTF8.GetString(packed, 10, packed[9]);
        return new(
            new EventId(packed[0] == 1 ? conversation + id : id),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(packed.AsSpan(1))),
            packed[(10 + packed[9])..]);
    }

    public static (OutboxItem Item, bool HasWaited) ReadEntry((string Id, OutboxStream Stream) entry, byte[] packed, RedisClock clock, IEnumerable<byte[]> parts)
    {
        var address = packed.AsSpan(EntryHead + 1, packed[EntryHead]);
        var item = new OutboxItem(
            new(entry.Id), entry.Stream, ReadAddress(address), packed[(EntryHead + 1 + address.Length)..], clock.Read(Number(packed)),
            BinaryPrimitives.ReadInt32LittleEndian(packed.AsSpan(24)), [.. parts.Select((part, n) => ReadPart(part, n, clock))]);
        return (item, Number(packed.AsSpan(8)) > 0);
    }

    private static PartState ReadPart(byte[] packed, int part, RedisClock clock)
    {
        var attempted = Number(packed);
        return new(part, attempted > 0 ? clock.Read(attempted) : null, packed.Length > PartHead ? Encoding.UTF8.GetString(packed.AsSpan(PartHead)) : null);
    }

    private static double Number(ReadOnlySpan<byte> packed) => BinaryPrimitives.ReadDoubleLittleEndian(packed);
}
