using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Hotline.Server.Tests.Channels.Twilio;

/// <summary>Keeps every log line with its level and its exception, as a careless sink would write them.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Category, string Line)> _lines = new();

    public IReadOnlyList<(LogLevel Level, string Category, string Line)> All => [.. _lines];

    public IReadOnlyList<string> OfRoom => [.. All.Where(l => l.Category.StartsWith("Hotline", StringComparison.Ordinal)).Select(l => $"{l.Level}: {l.Line}")];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // the lines outlive the server
    }

    private sealed class Logger(LogLines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines._lines.Enqueue((logLevel, category, $"{formatter(state, exception)} {exception}"));
    }
}
