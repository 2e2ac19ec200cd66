using Spectre.Console;

namespace Hotline.Cli;

/// <summary>Plain tables that look the same on a screen and in a file.</summary>
internal static class Tables
{
    public static Table Of(string first, params string[] numbers)
    {
        var table = new Table { Border = TableBorder.Minimal };
        table.AddColumn(first);
        foreach (var column in numbers)
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        return table;
    }

    public static void Write(Table table, Terminal terminal)
    {
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(terminal.Out) });
        console.Profile.Width = 160;
        console.Write(table);
    }
}
