using System.Globalization;

namespace Hotline.Localization;

/// <summary>
/// Who has read a translation: the translator comment <c># review: draft</c> or <c># review: reviewed BY DATE</c>.
/// No comment means draft. Only a person who speaks the language may write the second.
/// </summary>
public sealed record Review(string By, DateOnly On)
{
    private const string Key = " review:";

    /// <summary>The review, or <c>null</c> for a draft.</summary>
    public static Review? Of(PoEntry entry)
    {
        foreach (var comment in entry.Comments)
        {
            if (comment.StartsWith(Key, StringComparison.Ordinal)
                && comment[Key.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["reviewed", .. var by, var date]
                && by.Length > 0
                && DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on))
            {
                return new(string.Join(' ', by), on);
            }
        }

        return null;
    }

    /// <summary>The same entry, marked as a draft.</summary>
    public static PoEntry Reset(PoEntry entry) =>
        entry with { Comments = [.. entry.Comments.Where(c => !c.StartsWith(Key, StringComparison.Ordinal)), $"{Key} draft"] };
}
