using Hotline.Server.Hosting;

namespace Hotline.Server.Channels.Twilio;

/// <summary>What the room counts and says aloud: refused requests, refused credentials, refused texts. Alarms at most once a minute each.</summary>
internal sealed class TwilioWatch(TimeProvider time, Metrics metrics, ILogger<TwilioChannel> log)
{
    /// <summary>More forged requests than this in a minute mean an attack, or a token that was changed at one end only.</summary>
    private const int ForgedLimit = 5;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _said = new(StringComparer.Ordinal);
    private DateTimeOffset _minute = time.GetUtcNow();
    private int _forged;

    public TimeProvider Time => time;

    public ILogger Log => log;

    public void BadForm(string channel)
    {
        metrics.BadForms.Add();
        if (IsTime("form", channel))
            log.BadForm(channel);
    }

    public void Forged(string channel)
    {
        metrics.Forged.Add();
        int count;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (now - _minute > Minute)
            {
                _minute = now;
                _forged = 0;
            }

            count = ++_forged;
        }

        if (count > ForgedLimit && IsTime("forged", channel))
            log.ForgedOften(channel, count);
    }

    public void Rejected(string channel, string part, int code)
    {
        log.Rejected(channel, part, code);
        if (TwilioErrors.IsAlarm(code) && IsTime("rejected", channel))
            log.RejectedAlarm(channel, code);
    }

    public void ListFailed(string channel, int status)
    {
        if (status is 401 or 403 && IsTime("rejected", channel))
            log.RejectedAlarm(channel, TwilioErrors.BadCredentials);
        else if (IsTime("list", channel))
            log.ListFailed(channel, status);
    }

    public void DayFull(string channel)
    {
        if (IsTime("day", channel))
            log.DayFull(channel);
    }

    private bool IsTime(string alarm, string channel)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var key = $"{alarm} {channel}";
            if (_said.TryGetValue(key, out var last) && now - last < Minute)
                return false;
            _said[key] = now;
            return true;
        }
    }
}
