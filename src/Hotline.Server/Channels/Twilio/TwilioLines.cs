using System.Collections.Frozen;
using Hotline.Server.Turns;

namespace Hotline.Server.Channels.Twilio;

/// <summary>One configured number with all that belongs to it.</summary>
internal sealed class TwilioLine(TwilioChannelOptions options, TwilioApi api, TwilioChannel channel)
{
    public TwilioChannelOptions Options => options;

    public TwilioApi Api => api;

    public TwilioChannel Channel => channel;

    /// <summary>Accepted on webhooks: ours first.</summary>
    public IReadOnlyList<string> Tokens { get; } = [options.AuthToken, .. options.OtherAuthTokens];

    public IReadOnlyList<string> BaseUrls { get; } = [options.PublicUrl];

    public TwilioOutage Outage { get; } = new(options.OutageText);

    public RecentIds Recent { get; } = new();
}

/// <summary>The configured numbers by name.</summary>
internal sealed class TwilioLines(TwilioOptions options, IHttpClientFactory clients, IConversationStore store, TwilioWatch watch)
{
    private readonly FrozenDictionary<string, TwilioLine> _byName = options.Channels
        .Select(channel => Line(channel, clients, store, watch))
        .ToFrozenDictionary(line => line.Options.Name, StringComparer.Ordinal);

    public IEnumerable<TwilioLine> All => _byName.Values;

    public TwilioLine? Find(string name) => _byName.GetValueOrDefault(name);

    private static TwilioLine Line(TwilioChannelOptions channel, IHttpClientFactory clients, IConversationStore store, TwilioWatch watch)
    {
        var api = new TwilioApi(clients, channel, watch.Time);
        return new(channel, api, new TwilioChannel(channel, api, store, watch));
    }
}
