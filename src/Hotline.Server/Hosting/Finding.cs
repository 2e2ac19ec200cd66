namespace Hotline.Server.Hosting;

internal enum Grade
{
    Ok,

    /// <summary>The line runs, and one day this will hurt.</summary>
    Warn,

    /// <summary>Somebody will not be heard, or something will be lost.</summary>
    Fail,
}

/// <summary>One thing that <c>doctor</c> has looked at.</summary>
/// <param name="Mend">What to do about it; empty when it is well.</param>
internal sealed record Finding(Grade Grade, string About, string Text, string Mend = "")
{
    public static Finding Ok(string about, string text) => new(Grade.Ok, about, text);

    public static Finding Warn(string about, string text, string mend) => new(Grade.Warn, about, text, mend);

    public static Finding Fail(string about, string text, string mend) => new(Grade.Fail, about, text, mend);

    /// <summary>Another clock beside ours: tickets, signatures and second factors live by it.</summary>
    public static Finding OfClock(string about, TimeSpan ahead) => Math.Abs(ahead.TotalSeconds) switch
    {
        <= 5 => Ok(about, "the clocks agree"),
        <= 30 => Warn(about, $"our clock differs by {ahead.TotalSeconds:0} s", "run a time service (chrony, systemd-timesyncd)"),
        _ => Fail(about, $"our clock differs by {ahead.TotalSeconds:0} s: second factors are refused", "run a time service (chrony, systemd-timesyncd)"),
    };
}

/// <summary>What a room has to say about its own health, asked by <c>doctor</c>.</summary>
internal sealed record Examination(string About, Func<CancellationToken, Task<IReadOnlyList<Finding>>> RunAsync);
