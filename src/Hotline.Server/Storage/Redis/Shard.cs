using System.Globalization;
using System.Text;
using Hotline.Server.Turns;
using StackExchange.Redis;

namespace Hotline.Server.Storage.Redis;

/// <summary>
/// One of <see cref="Count"/> parts of the store. Everything of a contact is in one, under one hash tag, so that a script
/// can write it at once, on a cluster too. The contact's key says which: it is a keyed hash, so they fill evenly.
/// </summary>
internal readonly record struct Shard(int Number)
{
    public const int Count = 256;

    private const int DigestDigits = 32;
    private static readonly string[] Prefixes = [.. Enumerable.Range(0, Count).Select(n => $"hl:{{{n:x2}}}:")];

    public static IEnumerable<Shard> All => Enumerable.Range(0, Count).Select(n => new Shard(n));

    /// <summary>All keys of the shard begin so.</summary>
    public string Prefix => Prefixes[Number];

    public static Shard Of(ConversationAddress address) => Read(address.Contact.Value.AsSpan(Math.Max(0, address.Contact.Value.Length - 2)))
        ?? new Shard(0);

    /// <summary>An id of an event begins with that of its conversation, and that with the shard. <c>null</c>: it does not say.</summary>
    public static Shard? Of(EventId id) =>
        id.Value.Length > DigestDigits && id.Value[DigestDigits] == '-' ? Read(id.Value.AsSpan(0, 2)) : null;

    public RedisKey Key(string name) => Prefix + name;

    public RedisKey Key(string name, byte[] rest) => (RedisKey)(byte[])[.. Encoding.UTF8.GetBytes(Prefix + name), .. rest];

    private static Shard? Read(ReadOnlySpan<char> digits) =>
        byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? new Shard(number) : null;
}
