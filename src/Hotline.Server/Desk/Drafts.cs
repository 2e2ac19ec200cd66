using System.Collections.Concurrent;

namespace Hotline.Server.Desk;

/// <summary>What staff are typing, kept by the server while it runs, so that a dropped line or a closed tab loses nothing. Reply and note never share one.</summary>
internal sealed class Drafts
{
    private readonly ConcurrentDictionary<(string Staff, string Ticket, string Editor), string> _texts = new();

    public string Read(string staff, string ticket, string editor) => _texts.GetValueOrDefault((staff, ticket, editor), "");

    public void Write(string staff, string ticket, string editor, string text)
    {
        if (text.Length == 0)
        {
            _texts.TryRemove((staff, ticket, editor), out _);
        }
        else
        {
            _texts[(staff, ticket, editor)] = text;
        }
    }
}
