using Xunit;

namespace Hotline.Tests.HouseRules;

/// <summary>Each rule holds for the whole tree, and each bites on a planted violation.</summary>
public sealed class HouseRulesTests
{
    private static readonly Dictionary<string, Func<IEnumerable<SourceFile>, IEnumerable<string>>> All = new()
    {
        ["library order"] = Rules.LibraryOrder,
        ["server order"] = Rules.ServerOrder,
        ["channels stand alone"] = Rules.ChannelsStandAlone,
        ["console sees no wire"] = Rules.ConsoleSeesNoWire,
        ["library is pure"] = Rules.LibraryIsPure,
        ["clock and chance come in"] = Rules.ClockAndChanceComeIn,
        ["folders name subjects"] = Rules.FoldersNameSubjects,
        ["files stay small"] = Rules.FilesStaySmall,
        ["interfaces have two homes"] = Rules.InterfacesHaveTwoHomes,
        ["logs stand in one file"] = Rules.LogsStandInOneFile,
        ["logs carry no person"] = Rules.LogsCarryNoPerson,
        ["server types are internal"] = Rules.ServerTypesAreInternal,
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static TheoryData<string, string, string> Planted => new()
    {
        { "library order", "src/Hotline/Text/X.cs", "using Hotline.Flows;" },
        { "server order", "src/Hotline.Server/Cases/X.cs", "using Hotline.Server.Turns;" },
        { "server order", "src/Hotline.Server/Storage/X.cs", "using Hotline.Server.Desk;" },
        { "channels stand alone", "src/Hotline.Server/Channels/Twilio/X.cs", "using Hotline.Server.Channels.DirectLine;" },
        { "channels stand alone", "src/Hotline.Server/Channels/Twilio/X.cs", "using Hotline.Server.Cases;" },
        { "console sees no wire", "src/Hotline.Server/StaffConsole/X.razor", "@using Hotline.Server.Channels.Twilio" },
        { "library is pure", "src/Hotline/Text/X.cs", "using Microsoft.Extensions.Logging;" },
        { "clock and chance come in", "src/Hotline/X.cs", "var now = DateTimeOffset.UtcNow;" },
        { "folders name subjects", "src/Hotline/Helpers/X.cs", "class X;" },
        { "files stay small", "src/Hotline/X.cs", new string('\n', 501) },
        { "interfaces have two homes", "src/Hotline/X.cs", "public interface ILonely;\nclass One : ILonely;" },
        { "logs stand in one file", "src/Hotline.Server/Turns/X.cs", "[LoggerMessage(1, LogLevel.Error, \"\")]" },
        { "logs carry no person", "src/Hotline.Server/Turns/Log.cs", "static partial void Got(this ILogger log, string text);" },
        { "server types are internal", "src/Hotline.Server/Turns/X.cs", "public sealed class X;" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Rule_OnTheWholeTree_FindsNothing(string rule) => Assert.Empty(All[rule](SourceFile.All));

    [Theory]
    [MemberData(nameof(Planted))]
    public void Rule_OnAPlantedViolation_Bites(string rule, string path, string text) => Assert.NotEmpty(All[rule]([new SourceFile(path, text)]));

    [Fact]
    public void EveryRule_HasAPlantedViolation() =>
        Assert.Equal(All.Keys.Order(), Planted.Select(row => (string)row[0]).Distinct().Order());

    [Fact]
    public void TheTree_IsRead() => Assert.True(SourceFile.All.Count > 50);
}
