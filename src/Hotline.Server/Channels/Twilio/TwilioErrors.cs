using Hotline.Server.Turns;

namespace Hotline.Server.Channels.Twilio;

/// <summary>What the provider's answers mean for a send: a table of status and error code.</summary>
internal static class TwilioErrors
{
    public const int BadCredentials = 20003;
    public const int OptedOut = 21610;

    /// <summary>Ours, not Twilio's: the day's segments of this number are used up.</summary>
    public const int DailySegmentsUsed = 901;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan QueueFull = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <param name="code">The code in the answer's body; <c>null</c> when it had none.</param>
    public static SendOutcome Read(int status, int? code, TimeSpan? retryAfter) => (status, code) switch
    {
        (>= 500, _) => new SendOutcome.Unknown(),
        (_, OptedOut) => new SendOutcome.OptedOut(),
        // queue of this sender is full; channel rate
        (_, 21611) => new SendOutcome.Retry(Wait(retryAfter ?? QueueFull)),
        (429, _) or (_, 20429 or 63017 or 63018 or 30001 or 30022) => new SendOutcome.Retry(Wait(retryAfter ?? Soon)),
        // the request did not arrive whole
        (408, _) => new SendOutcome.Retry(Soon),
        (401 or 403, null) => new SendOutcome.Rejected(BadCredentials),
        _ => new SendOutcome.Rejected(code ?? status),
    };

    /// <summary>Codes that the operator must see at once: nothing goes out until somebody mends them.</summary>
    public static bool IsAlarm(int code) => code is BadCredentials or 20404 or 21408 or 21606 or 21608 or 21612 or 30002 or 30007 or 30032 or 30034;

    private static TimeSpan Wait(TimeSpan asked) => asked < TimeSpan.Zero ? Soon : asked > LongestWait ? LongestWait : asked;
}
