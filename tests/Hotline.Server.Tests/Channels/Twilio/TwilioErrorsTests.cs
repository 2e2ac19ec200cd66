using Hotline.Server.Channels.Twilio;
using Hotline.Server.Turns;
using Xunit;

namespace Hotline.Server.Tests.Channels.Twilio;

public class TwilioErrorsTests
{
    [Theory]
    [InlineData(400, 21610, "opted_out")]
    [InlineData(429, 20429, "retry 5")]
    [InlineData(429, null, "retry 5")]
    [InlineData(400, 21611, "retry 60")]
    [InlineData(400, 63017, "retry 5")]
    [InlineData(400, 63018, "retry 5")]
    [InlineData(408, null, "retry 5")]
    [InlineData(401, 20003, "rejected 20003")]
    [InlineData(401, null, "rejected 20003")]
    [InlineData(404, 20404, "rejected 20404")]
    [InlineData(400, 21211, "rejected 21211")]
    [InlineData(400, 21408, "rejected 21408")]
    [InlineData(400, 21614, "rejected 21614")]
    [InlineData(400, 21617, "rejected 21617")]
    [InlineData(400, 63016, "rejected 63016")]
    [InlineData(400, null, "rejected 400")]
    [InlineData(301, null, "rejected 301")]
    [InlineData(500, null, "unknown")]
    [InlineData(503, 20503, "unknown")]
    [InlineData(502, 21610, "unknown")]
    public void Read_StatusAndCode_GiveOneOutcome(int status, int? code, string expected) =>
        Assert.Equal(expected, Say(TwilioErrors.Read(status, code, null)));

    [Theory]
    [InlineData(7, "retry 7")]
    [InlineData(-3, "retry 5")]
    [InlineData(86400, "retry 600")]
    public void Read_RetryAfter_IsFollowedWithinReason(int seconds, string expected) =>
        Assert.Equal(expected, Say(TwilioErrors.Read(429, 20429, TimeSpan.FromSeconds(seconds))));

    private static string Say(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Retry retry => $"retry {retry.After.TotalSeconds}",
        SendOutcome.Rejected rejected => $"rejected {rejected.Code}",
        SendOutcome.OptedOut => "opted_out",
        SendOutcome.Unknown => "unknown",
        _ => "sent",
    };
}
