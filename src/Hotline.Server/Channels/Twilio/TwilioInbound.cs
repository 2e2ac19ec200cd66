using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Hotline.Conversations;
using Hotline.Server.Turns;

namespace Hotline.Server.Channels.Twilio;

/// <summary>What is to be done with a webhook whose signature holds. A closed list.</summary>
internal abstract record InboundDecision
{
    private InboundDecision()
    {
    }

    internal sealed record Run(TurnRequest Request) : InboundDecision;

    /// <summary>No form of Twilio's: 400.</summary>
    internal sealed record BadForm : InboundDecision
    {
        public static BadForm Instance { get; } = new();
    }

    /// <summary>Another account's or another number's: 403.</summary>
    internal sealed record NotOurs : InboundDecision
    {
        public static NotOurs Instance { get; } = new();
    }
}

/// <summary>Turns a person's message as Twilio tells it, by webhook or by list, into a turn's input. Pure.</summary>
internal static partial class TwilioInbound
{
    /// <summary>Whole messages that Twilio answers by itself on SMS unless an account says otherwise.</summary>
    private static readonly FrozenSet<string> AnsweredWords = FrozenSet.ToFrozenSet(
        [
            "STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL",
            "START", "UNSTOP", "YES",
            "HELP", "INFO",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Parameters that decide whose message this is: coming twice with different values, they are refused.</summary>
    private static readonly string[] Single = ["MessageSid", "AccountSid", "From", "To", "Body", "MessagingServiceSid", "NumMedia", "OptOutType"];

    public static InboundDecision Decide(TwilioChannelOptions channel, IReadOnlyList<FormPair> form)
    {
        if (form.Count > TwilioForm.MaxParameters || !TryReadSingles(form, out var values))
            return InboundDecision.BadForm.Instance;

        var sid = values.GetValueOrDefault("MessageSid", "");
        var from = values.GetValueOrDefault("From", "");
        if (!IsId(sid) || ToUrn(from) is not { } urn)
            return InboundDecision.BadForm.Instance;

        if (values.GetValueOrDefault("AccountSid") != channel.AccountSid || !IsForUs(channel, values.GetValueOrDefault("To"), values.GetValueOrDefault("MessagingServiceSid")))
            return InboundDecision.NotOurs.Instance;

        return new InboundDecision.Run(new TurnRequest(channel.Name, urn, Message(sid, urn, values, ReadPlace(form))));
    }

    /// <summary>The same message as the provider's list of messages tells it; <c>null</c> when it is none of ours.</summary>
    public static TurnRequest? FromList(TwilioChannelOptions channel, TwilioMessage message)
    {
        if (message.Direction is not (null or "inbound") || !IsId(message.Sid) || ToUrn(message.From ?? "") is not { } urn
            || !IsForUs(channel, message.To, message.MessagingServiceSid))
            return null;

        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["Body"] = message.Body ?? "", ["NumMedia"] = message.NumMedia ?? "0" };
        return new TurnRequest(channel.Name, urn, Message(message.Sid, urn, values, null));
    }

    /// <summary><c>+66…</c> → <c>tel:+66…</c>; <c>whatsapp:+66…</c> stays; a short code or sender name → <c>sms:…</c>.</summary>
    public static Urn? ToUrn(string address) =>
        PhoneNumber().IsMatch(address) ? new Urn($"tel:{address}")
        : SchemedAddress().IsMatch(address) ? new Urn(address)
        : OtherSender().IsMatch(address) ? new Urn($"sms:{address}")
        : null;

    /// <summary>The address as Twilio wants it in <c>To</c>.</summary>
    public static string ToAddress(Urn urn) => urn.Scheme is "tel" or "sms" ? urn.Path : urn.Value;

    public static bool IsId(string sid) => Id().IsMatch(sid);

    public static bool TryReadSingles(IReadOnlyList<FormPair> form, out Dictionary<string, string> values)
    {
        values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in form)
        {
            if (!values.TryAdd(name, value) && values[name] != value && Single.Contains(name))
                return false;
        }

        return true;
    }

    private static TurnInput.MessageReceived Message(string sid, Urn urn, Dictionary<string, string> values, string? place)
    {
        var body = values.GetValueOrDefault("Body", "");
        OptOutKind? optOut = values.GetValueOrDefault("OptOutType", "").ToUpperInvariant() switch
        {
            "STOP" => OptOutKind.Stop,
            "START" => OptOutKind.Start,
            "HELP" => OptOutKind.Help,
            _ => null,
        };
        return new TurnInput.MessageReceived(sid, place is null ? body : body.Length == 0 ? place : $"{body}\n{place}")
        {
            MediaCount = int.TryParse(values.GetValueOrDefault("NumMedia"), NumberStyles.None, CultureInfo.InvariantCulture, out var media) ? Math.Min(media, 100) : 0,
            ProviderOptOut = optOut,
            ProviderAnswersOptOut = optOut is not null || (urn.Scheme != "whatsapp" && AnsweredWords.Contains(body.Trim())),
        };
    }

    /// <summary>A shared place is often the whole message: it is kept as text, so that triage, staff and transcript have it.</summary>
    private static string? ReadPlace(IReadOnlyList<FormPair> form)
    {
        string? latitude = null, longitude = null, label = null;
        foreach (var (name, value) in form)
        {
            switch (name)
            {
                case "Latitude": latitude = value; break;
                case "Longitude": longitude = value; break;
                case "Label" or "Address" when value.Length > 0: label = label is null ? value : $"{label}, {value}"; break;
            }
        }

        return IsDegrees(latitude) && IsDegrees(longitude) ? $"geo:{latitude},{longitude}{(label is null ? "" : $" {label}")}" : null;
    }

    private static bool IsDegrees(string? text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= 180;

    private static bool IsForUs(TwilioChannelOptions channel, string? to, string? service) =>
        (!string.IsNullOrEmpty(channel.From) && string.Equals(to, channel.From, StringComparison.OrdinalIgnoreCase))
        || (!string.IsNullOrEmpty(channel.MessagingServiceSid) && service == channel.MessagingServiceSid);

    [GeneratedRegex(@"^[0-9A-Za-z]{1,64}\z", RegexOptions.None, 100)]
    private static partial Regex Id();

    [GeneratedRegex(@"^\+[0-9]{2,20}\z", RegexOptions.None, 100)]
    private static partial Regex PhoneNumber();

    [GeneratedRegex(@"^[a-z]{2,12}:[!-~]{1,64}\z", RegexOptions.None, 100)]
    private static partial Regex SchemedAddress();

    [GeneratedRegex(@"^[0-9A-Za-z &_-]{1,32}\z", RegexOptions.None, 100)]
    private static partial Regex OtherSender();
}
