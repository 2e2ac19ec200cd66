using Hotline.Content;

namespace Hotline.Server.Turns;

/// <summary>The content that is live. A reload swaps it whole; a turn that began keeps the one it began with.</summary>
internal sealed class ContentHolder(ContentSnapshot? first = null)
{
    private volatile ContentSnapshot? _current = first;

    /// <exception cref="InvalidOperationException">Before the first content was read; nothing listens then.</exception>
    public ContentSnapshot Current => _current ?? throw new InvalidOperationException("no content is loaded yet");

    public void Swap(ContentSnapshot next) => _current = next;
}
