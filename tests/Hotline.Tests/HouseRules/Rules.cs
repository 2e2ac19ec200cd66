using System.Text.RegularExpressions;

namespace Hotline.Tests.HouseRules;

/// <summary>
/// The house, as code. The two lists of rooms are the architecture: a room may use the rooms before it, and none after.
/// </summary>
internal static partial class Rules
{
    public static readonly string[] LibraryRooms =
        ["Sources", "Localization", "Text", "Triage", "Resources", "Conversations", "Flows", "Cases", "Content", "", "Transcripts"];

    /// <summary>Rooms in one string do not know each other.</summary>
    public static readonly string[][] ServerRooms =
        [["Hosting"], ["Privacy"], ["Cases"], ["Turns"], ["Desk", "Channels", "Storage"], ["StaffConsole", "Upkeep"], [""]];

    private static readonly string[] ForbiddenFolders =
        ["Services", "Helpers", "Utils", "Common", "Models", "Interfaces", "Abstractions", "Implementations", "Managers"];

    private static readonly string[] Impure =
    [
        "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.Data", "Microsoft.Extensions.Logging",
        "Microsoft.Extensions.Hosting", "StackExchange", "System.Net.Http", "System.Net.Sockets",
    ];

    public static IEnumerable<string> LibraryOrder(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Project == "Hotline"
        let own = Array.IndexOf(LibraryRooms, file.Room)
        from used in file.Usings
        let parts = used.Split('.')
        let room = parts.Length > 1 ? parts[1] : ""
        where own < 0 || (room.Length > 0 && Array.IndexOf(LibraryRooms, room) > own)
        select $"{file.Path} uses {used}";

    public static IEnumerable<string> ServerOrder(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Project == "Hotline.Server" && file.Name is not "GlobalUsings.cs"
        let own = FloorOf(file.Room)
        from used in file.Usings
        where used.StartsWith("Hotline.Server.", StringComparison.Ordinal)
        let room = used.Split('.')[2]
        where room != file.Room && (own < 0 || FloorOf(room) >= own)
        select $"{file.Path} uses {used}";

    public static IEnumerable<string> ChannelsStandAlone(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Path.StartsWith("src/Hotline.Server/Channels/", StringComparison.Ordinal)
        let own = file.Path.Split('/')[3]
        from used in file.Usings
        let parts = used.Split('.')
        where (parts is [_, "Server", "Channels", var other, ..] && other != own) || parts is [_, "Server", "Cases" or "Desk", ..]
        select $"{file.Path} uses {used}";

    /// <summary>The console never sees wire types or the database; it talks to the desk.</summary>
    public static IEnumerable<string> ConsoleSeesNoWire(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Project == "Hotline.Server" && file.Room == "StaffConsole"
        from used in file.Usings
        where used.StartsWith("Hotline.Server.Channels", StringComparison.Ordinal) || used.StartsWith("Hotline.Server.Storage", StringComparison.Ordinal)
        select $"{file.Path} uses {used}";

    public static IEnumerable<string> LibraryIsPure(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Project == "Hotline"
        from line in file.Lines
        from impure in Impure
        where line.StartsWith($"using {impure}", StringComparison.Ordinal)
        select $"{file.Path}: {line.Trim()}";

    public static IEnumerable<string> ClockAndChanceComeIn(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Path.StartsWith("src/", StringComparison.Ordinal) && file.Name != "Program.cs"
        from line in file.Lines
        where ClockOrChance().IsMatch(line) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        select $"{file.Path}: {line.Trim()}";

    public static IEnumerable<string> FoldersNameSubjects(IEnumerable<SourceFile> files) =>
        from file in files
        from folder in file.Path.Split('/')[..^1]
        where ForbiddenFolders.Contains(folder)
        select $"{file.Path}: a folder called {folder}";

    public static IEnumerable<string> FilesStaySmall(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Lines.Length > 500 && !file.Lines.Take(12).Any(l => l.Contains("a table", StringComparison.Ordinal))
        select $"{file.Path}: {file.Lines.Length} lines";

    /// <summary>An interface earns its place by two real implementations.</summary>
    public static IEnumerable<string> InterfacesHaveTwoHomes(IEnumerable<SourceFile> files)
    {
        var source = files.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal)).ToList();
        return from file in source
               from Match match in InterfaceName().Matches(file.Text)
               let name = match.Groups["name"].Value
               where source.Count(f => Regex.IsMatch(f.Text, $@"class \w+[^{{;]*[:,]\s*(?:\w+,\s*)*{name}\b")) < 2
               select $"{file.Path}: {name} has fewer than two implementations";
    }

    public static IEnumerable<string> LogsStandInOneFile(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Path.StartsWith("src/", StringComparison.Ordinal) && file.Name != "Log.cs" && file.Text.Contains("[LoggerMessage", StringComparison.Ordinal)
        select $"{file.Path} has log lines";

    /// <summary>A log line carries ids, codes and types; these names of parameters would carry a person.</summary>
    public static IEnumerable<string> LogsCarryNoPerson(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Name == "Log.cs"
        from line in file.Lines
        where PersonalParameter().IsMatch(line)
        select $"{file.Path}: {line.Trim()}";

    public static IEnumerable<string> ServerTypesAreInternal(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Project == "Hotline.Server" && file.Name.EndsWith(".cs", StringComparison.Ordinal) && !file.Name.EndsWith(".razor.cs", StringComparison.Ordinal)
        from line in file.Lines
        where PublicType().IsMatch(line)
            && file.Name is not ("LivePage.cs" or "TimelineEntry.cs" or "Plot.cs") // Razor components are public, and so are their base and parameters
        select $"{file.Path}: {line.Trim()}";

    private static int FloorOf(string room) => Array.FindIndex(ServerRooms, floor => floor.Contains(room));

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b|\bGuid\.NewGuid\b|\bRandom\.Shared\b|\bThread\.Sleep\b")]
    private static partial Regex ClockOrChance();

    [GeneratedRegex(@"^\s*(?:public|internal) interface (?<name>I\w+)", RegexOptions.Multiline)]
    private static partial Regex InterfaceName();

    [GeneratedRegex(@"\b(string\??|Urn) (text|body|message|name|email|phone|number|to|from|urn|reply|note)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PersonalParameter();

    [GeneratedRegex(@"^public (?:sealed |static |abstract |partial |readonly )*(?:class|record|struct|interface|enum)\b")]
    private static partial Regex PublicType();
}
