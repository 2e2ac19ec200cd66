namespace Hotline.Localization;

/// <summary>A gettext catalog: the header entry, the messages in their order, and at the end the obsolete ones.</summary>
public sealed record PoFile(PoEntry Header, IReadOnlyList<PoEntry> Entries)
{
    /// <summary>The value of a header line such as <c>Content-Type</c>, or <c>null</c>.</summary>
    public string? HeaderField(string name)
    {
        foreach (var line in Header.Text.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line[..colon].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return line[(colon + 1)..].Trim();
            }
        }

        return null;
    }
}
