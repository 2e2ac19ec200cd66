using System.Security.Cryptography;
using System.Text;
using Hotline.Conversations;

namespace Hotline.Server.Privacy;

/// <summary>Keyed hashes that stand for addresses and message ids. Without the pepper nobody can go from one to the other.</summary>
internal sealed class Pseudonyms(byte[] pepper)
{
    public ContactKey For(Urn address) => new(Hash("contact", address.Value));

    public string SeenKey(string channel, ContactKey contact, string messageId) => Hash("seen", $"{channel}\n{contact}\n{messageId}")[..32];

    /// <summary>A new conversation's id from a random epoch. It begins with the last two digits of the contact, by which a store parts its contacts.</summary>
    public ConversationId NewConversation(string channel, ContactKey contact) =>
        new(contact.Value[^2..] + Hash("conversation", $"{channel}\n{contact}\n{Convert.ToHexString(RandomNumberGenerator.GetBytes(16))}")[..30]);

    private string Hash(string purpose, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(pepper, Encoding.UTF8.GetBytes($"{purpose}\0{text}")));
}
