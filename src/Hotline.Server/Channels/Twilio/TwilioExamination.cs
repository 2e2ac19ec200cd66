using System.Text.Json;
using Hotline.Server.Hosting;

namespace Hotline.Server.Channels.Twilio;

/// <summary>Asks the provider how each number is set up there: credentials, webhook, what happens when we are away, the clock. Opens no store, which a running server holds.</summary>
internal sealed class TwilioExamination(TwilioOptions options, IHttpClientFactory clients, TimeProvider time)
{
    private const string RetryFragment = "rc=3&rp=all";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct)
    {
        var findings = new List<Finding>();
        foreach (var channel in options.Channels)
        {
            var api = new TwilioApi(clients, channel, time);
            var about = $"channel {channel.Name}";
            findings.AddRange(OfAddress(about, channel));
            var account = await api.AskAsync($"/2010-04-01/Accounts/{channel.AccountSid}.json", ct);
            findings.Add(OfAccount(about, account));
            if (account.Date is { } theirs)
            {
                findings.Add(Finding.OfClock($"{about} clock", time.GetUtcNow() - theirs));
            }

            if (account.Status == 200)
            {
                findings.AddRange(await OfNumberAsync(about, channel, api, ct));
            }
        }

        return findings.Count > 0 ? findings : [Finding.Warn("channels", "no number is configured: only the web chat is open", "set Twilio:Channels (README, Connect a Twilio number)")];
    }

    private static IEnumerable<Finding> OfAddress(string about, TwilioChannelOptions options)
    {
        var address = new Uri(options.PublicUrl);
        if (address.Scheme != Uri.UriSchemeHttps)
        {
            yield return Finding.Warn(about, "PublicUrl is not https: words and numbers cross the network in clear", "put TLS in front and write https");
        }

        if (address.IsLoopback || !address.Host.Contains('.', StringComparison.Ordinal))
        {
            yield return Finding.Fail(about, "PublicUrl is an address that Twilio cannot reach", "use the host name that the world sees");
        }

        if (string.IsNullOrEmpty(options.OutageText))
        {
            yield return Finding.Warn(about, "there is no OutageText: whoever writes while nothing can be stored hears nothing", "set a short, neutral text");
        }
    }

    private static Finding OfAccount(string about, ProviderAnswer answer) => answer.Status switch
    {
        200 when Text(answer.Json, "status") is null or "active" => Finding.Ok(about, "the provider accepts the credentials"),
        200 => Finding.Fail(about, $"the account is {Text(answer.Json, "status")}", "look at the account at the provider"),
        401 or 403 => Finding.Fail(about, "the provider refuses the credentials", "set AccountSid and AuthToken as the provider shows them"),
        0 => Finding.Fail(about, "the provider cannot be reached", "look at the network, the proxy and ApiUrl"),
        _ => Finding.Fail(about, $"the provider answers {answer.Status}", "try again; if it stays, look at ApiUrl"),
    };

    private static async Task<IEnumerable<Finding>> OfNumberAsync(string about, TwilioChannelOptions channel, TwilioApi api, CancellationToken ct)
    {
        var wanted = $"{channel.PublicUrl.TrimEnd('/')}/channels/twilio/{channel.Name}/receive";
        if (channel.From?.StartsWith('+') != true)
        {
            return [Finding.Warn(about, "the webhook of a service, short code or WhatsApp number cannot be read by this account's list", $"look yourself: POST {wanted}#{RetryFragment}")];
        }

        var answer = await api.AskAsync(
            $"/2010-04-01/Accounts/{channel.AccountSid}/IncomingPhoneNumbers.json?PhoneNumber={Uri.EscapeDataString(channel.From)}", ct);
        if (answer.Status != 200 || answer.Json is not { } json || !json.TryGetProperty("incoming_phone_numbers", out var numbers) || numbers.ValueKind != JsonValueKind.Array)
        {
            return [Finding.Warn(about, $"the provider does not show its numbers (answer {answer.Status})", $"look yourself: POST {wanted}#{RetryFragment}")];
        }

        return numbers.GetArrayLength() == 0
            ? [Finding.Fail(about, "the account does not own this number", "set From to a number of this account")]
            : OfWebhook(about, wanted, channel, numbers[0]);
    }

    private static IEnumerable<Finding> OfWebhook(string about, string wanted, TwilioChannelOptions options, JsonElement number)
    {
        var set = Text(number, "sms_url") ?? "";
        var (address, fragment) = set.IndexOf('#', StringComparison.Ordinal) is >= 0 and var cut ? (set[..cut], set[(cut + 1)..]) : (set, "");
        if (address != wanted || Text(number, "sms_method") is not (null or "POST"))
        {
            yield return Finding.Fail(about, "the number's webhook at the provider is another one", $"set it to POST {wanted}#{RetryFragment}");
        }
        else if (!fragment.Split('&').Contains("rp=all") || !fragment.Contains("rc=", StringComparison.Ordinal))
        {
            yield return Finding.Warn(about, "the provider does not try again when a webhook fails: the message waits for our sweep", $"set the webhook to {wanted}#{RetryFragment}");
        }
        else
        {
            yield return Finding.Ok(about, "the webhook is ours, and failures are tried again");
        }

        var fallback = Text(number, "sms_fallback_url") ?? "";
        if (fallback.Length == 0)
        {
            yield return Finding.Warn(about, "there is no fallback address", "set one on another host: a fixed text such as OutageText will do");
        }
        else if (Uri.TryCreate(fallback, UriKind.Absolute, out var other) && other.Host == new Uri(options.PublicUrl).Host)
        {
            yield return Finding.Warn(about, "the fallback address is on the same host: it fails with it", "put it on another host");
        }
    }

    private static string? Text(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
