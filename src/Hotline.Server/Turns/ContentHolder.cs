using Hotline.Content;

namespace Hotline.Server.Turns;

/// <summary>The content that is live. A reload swaps it whole; a turn that began keeps the one it began with.</summary>
internal sealed class ContentHolder(ContentSnapshot first)
{
    private volatile ContentSnapshot _current = first;

    public ContentSnapshot Current => _current;

    public void Swap(ContentSnapshot next) => _current = next;
}
