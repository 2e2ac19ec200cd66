using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Hotline.Server.Hosting;

/// <summary>
/// Writes one line a log entry, and of an exception only its type and where it was thrown: a message of a framework's
/// exception may quote what a person wrote.
/// </summary>
internal sealed class QuietConsole(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "quiet";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        textWriter.Write(' ');
        textWriter.Write(Word(logEntry.LogLevel));
        textWriter.Write(' ');
        textWriter.Write(logEntry.Category);
        textWriter.Write(": ");
        textWriter.WriteLine(logEntry.Formatter(logEntry.State, null).ReplaceLineEndings(" "));
        for (var e = logEntry.Exception; e is not null; e = e.InnerException)
        {
            textWriter.Write("    ");
            textWriter.WriteLine(e.GetType().FullName);
            if (e.StackTrace is { } stack)
            {
                textWriter.WriteLine(stack);
            }
        }
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "CRITICAL",
    };
}
