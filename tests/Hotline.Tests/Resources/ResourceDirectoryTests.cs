using Hotline.Localization;
using Hotline.Resources;
using Hotline.Sources;
using Xunit;

namespace Hotline.Tests.Resources;

public sealed class ResourceDirectoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private const string Yaml = """
        resources:
          - { id: plain, country: TH, name: Plain, what: W, kind: helpline, numbers: [{ number: "1" }], languages: [th], needs: [labour], verified_on: 2026-06-01, verified_by: A, expires_on: 2026-07-01 }
          - { id: burmese, country: TH, name: Burmese, what: W, kind: ngo, numbers: [{ number: "2", works_from_abroad: true, free: true }], languages: [my], needs: [labour, health], verified_on: 2026-06-01, verified_by: A }
          - { id: expired, country: TH, name: Old, what: W, kind: ngo, numbers: [{ number: "3", works_from_abroad: true }], languages: [my], needs: [labour], verified_on: 2026-01-01, verified_by: A, expires_on: 2026-06-15 }
          - { id: lapsed, country: TH, name: Old, what: W, kind: ngo, numbers: [{ number: "4" }], languages: [my], needs: [labour], verified_on: 2026-04-01, verified_by: A }
          - { id: nameless, country: TH, name: N, what: W, kind: ngo, numbers: [{ number: "5" }], needs: [labour], verified_on: 2026-06-01 }
          - { id: unverified, country: TH, name: N, what: W, kind: ngo, numbers: [{ number: "6" }], needs: [labour], verified_on: null }
          - { id: lao, country: LA, name: L, what: W, kind: police, numbers: [{ number: "7" }], needs: [violence], verified_on: 2026-06-01, verified_by: A }
        """;

    [Fact]
    public void Search_never_returns_unverified_or_expired_entries() =>
        Assert.Equal(["burmese", "lao", "plain"], Ids(new()).Order());

    [Fact]
    public void Search_by_need_country_language_and_from_abroad()
    {
        Assert.Equal(["burmese", "plain"], Ids(new(Need: "labour", Country: "TH")));
        Assert.Equal(["plain", "burmese"], Ids(new(Need: "labour", Country: "TH", Language: LanguageTag.Thai)));
        Assert.Equal(["burmese"], Ids(new(Need: "labour", FromAbroad: true)));
        Assert.Equal(["lao"], Ids(new(Country: "LA")));
        Assert.Empty(Ids(new(Need: "children")));
    }

    [Theory]
    [InlineData("plain", "1")]
    [InlineData("expired", null)]
    [InlineData("lapsed", null)]
    [InlineData("unverified", null)]
    [InlineData("nobody", null)]
    public void Phone_only_of_what_may_be_shown(string id, string? number) =>
        Assert.Equal(number, Directory().Phone(id, Now));

    [Fact]
    public void Read_faults_stand_at_their_places()
    {
        var bag = new DiagnosticBag();
        ResourceReader.Read("r.yaml", """
            resources:
              - id: Bad Id
                country: TH
                name: N
                what: W
                kind: pub
                numbers: [{ number: "LINE: abc" }]
                languages: [de]
                needs: [beer]
                recorded: maybe
                verified_on: 1.6.2026
                surprise: 1
            """, bag);

        Assert.Equal(
            ["2:9 HL105", "6:11 HL105", "7:25 HL105", "8:17 HL105", "9:13 HL105", "10:15 HL105", "11:18 HL105", "12:5 HL102"],
            bag.Sorted().Select(d => $"{d.Span.Line}:{d.Span.Column} {d.Code}"));
    }

    private static IEnumerable<string> Ids(ResourceQuery query) => Directory().Search(query, Now).Select(r => r.Id);

    private static ResourceDirectory Directory()
    {
        var bag = new DiagnosticBag();
        var resources = ResourceReader.Read("r.yaml", Yaml, bag);
        Assert.Empty(bag.Items);
        return ResourceDirectory.Of(resources);
    }
}
