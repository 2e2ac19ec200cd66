using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Hotline.Server.Channels.Twilio;

/// <summary>All faults of the section at once, each naming its key and never its value.</summary>
internal sealed partial class TwilioOptionsCheck : IValidateOptions<TwilioOptions>
{
    private const int OutageTextLimit = 320;

    public ValidateOptionsResult Validate(string? name, TwilioOptions options)
    {
        var faults = new List<string>();
        for (var i = 0; i < options.Channels.Count; i++)
        {
            Check($"{TwilioOptions.Section}:Channels:{i}", options.Channels[i], faults);
            for (var earlier = 0; earlier < i; earlier++)
                CheckPair($"{TwilioOptions.Section}:Channels:{i}", options.Channels[i], options.Channels[earlier], faults);
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Check(string key, TwilioChannelOptions channel, List<string> faults)
    {
        Want(ChannelName().IsMatch(channel.Name), "Name", "wants 1 to 40 of a-z, 0-9 and '-'");
        Want(AccountSid().IsMatch(channel.AccountSid), "AccountSid", "wants the account's id, AC and letters or digits");
        Want(!string.IsNullOrWhiteSpace(channel.AuthToken), "AuthToken", "is missing");
        for (var i = 0; i < channel.OtherAuthTokens.Count; i++)
            Want(!string.IsNullOrWhiteSpace(channel.OtherAuthTokens[i]), $"OtherAuthTokens:{i}", "is empty");

        Want(!string.IsNullOrEmpty(channel.From) || !string.IsNullOrEmpty(channel.MessagingServiceSid),
            "From", "is missing (set From, MessagingServiceSid or both)");
        Want(string.IsNullOrEmpty(channel.From) || Sender().IsMatch(channel.From),
            "From", "wants +COUNTRY…, whatsapp:+COUNTRY…, a short code or a sender name");
        Want(string.IsNullOrEmpty(channel.MessagingServiceSid) || ServiceSid().IsMatch(channel.MessagingServiceSid),
            "MessagingServiceSid", "wants the service's id, MG and letters or digits");
        Want(IsBase(channel.PublicUrl), "PublicUrl", "wants the http or https address that Twilio calls, without query or fragment");
        Want(IsBase(channel.ApiUrl), "ApiUrl", "wants an http or https address without query or fragment");
        Want(channel.MessagesPerSecond >= 0 && double.IsFinite(channel.MessagesPerSecond), "MessagesPerSecond", "wants 0 or more");
        Want(channel.DailySegments >= 0, "DailySegments", "wants 0 or more");
        Want((channel.OutageText ?? "").Length <= OutageTextLimit, "OutageText", $"is longer than {OutageTextLimit} characters");

        void Want(bool well, string member, string fault)
        {
            if (!well)
                faults.Add($"{key}:{member} {fault}");
        }
    }

    private static void CheckPair(string key, TwilioChannelOptions channel, TwilioChannelOptions earlier, List<string> faults)
    {
        if (channel.Name.Length > 0 && string.Equals(channel.Name, earlier.Name, StringComparison.OrdinalIgnoreCase))
            faults.Add($"{key}:Name is used by an earlier channel");
        if (!string.IsNullOrEmpty(channel.From) && channel.AccountSid == earlier.AccountSid && channel.From == earlier.From)
            faults.Add($"{key}:From is used by an earlier channel");
    }

    private static bool IsBase(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.Query.Length == 0 && uri.Fragment.Length == 0 && !address.Contains('?', StringComparison.Ordinal);

    [GeneratedRegex(@"^[a-z0-9-]{1,40}\z", RegexOptions.None, 100)]
    private static partial Regex ChannelName();

    [GeneratedRegex(@"^AC[0-9A-Za-z]{1,62}\z", RegexOptions.None, 100)]
    private static partial Regex AccountSid();

    [GeneratedRegex(@"^MG[0-9A-Za-z]{1,62}\z", RegexOptions.None, 100)]
    private static partial Regex ServiceSid();

    [GeneratedRegex(@"^((whatsapp:)?\+[0-9]{4,15}|[0-9]{3,8}|[A-Za-z0-9 ]{1,11})\z", RegexOptions.None, 100)]
    private static partial Regex Sender();
}
