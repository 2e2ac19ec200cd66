using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Hotline.Resources;

/// <summary>
/// Helplines and services. Only <see cref="All"/> returns what may not be shown; every search leaves out what is
/// unverified or expired at <c>now</c>.
/// </summary>
public sealed class ResourceDirectory
{
    private readonly FrozenDictionary<string, Resource> _byId;

    private ResourceDirectory(ImmutableArray<Resource> all)
    {
        All = all;
        _byId = all.ToFrozenDictionary(r => r.Id, StringComparer.Ordinal);
    }

    public static ResourceDirectory Empty { get; } = new([]);

    /// <summary>Every entry in the order of the files, also those that may not be shown.</summary>
    public ImmutableArray<Resource> All { get; }

    /// <param name="resources">With unique ids; of two with one id the first counts.</param>
    public static ResourceDirectory Of(IEnumerable<Resource> resources) =>
        new([.. resources.DistinctBy(r => r.Id, StringComparer.Ordinal)]);

    /// <summary>The entry whether or not it may be shown, or <c>null</c>.</summary>
    public Resource? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// What may be shown now, best first: speaks the language, is free, order of the files. Numbers that do not fit the
    /// query are taken out; an entry without number or web address is not returned.
    /// </summary>
    public IReadOnlyList<Resource> Search(ResourceQuery query, DateTimeOffset now) =>
        [.. All
            .Where(r => r.MayBeShown(now))
            .Where(r => query.Need is null || r.Needs.Contains(query.Need))
            .Where(r => query.Country is null || r.Country == query.Country)
            .Select(r => r with { Numbers = [.. r.Numbers.Where(n => !query.FromAbroad || n.WorksFromAbroad)] })
            .Where(r => r.Numbers.Count > 0 || r.Web is not null)
            .OrderByDescending(r => query.Language is { } language && r.Languages.Contains(language))
            .ThenByDescending(r => r.Numbers.Any(n => n.Free))];

    /// <summary>The value of the placeholder <c>{phone:ID}</c>: the first number of an entry that may be shown now, else <c>null</c>.</summary>
    public string? Phone(string id, DateTimeOffset now) =>
        Find(id) is { Numbers: [var first, ..] } resource && resource.MayBeShown(now) ? first.Number : null;
}
