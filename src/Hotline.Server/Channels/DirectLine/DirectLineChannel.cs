using Hotline.Conversations;
using Hotline.Server.Turns;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>The way out to chats: nothing is pushed by the outbox, the log that the commit wrote is read.</summary>
internal sealed class DirectLineChannel(LiveSockets sockets) : IChannel
{
    public string Name => ChatLog.Channel;

    public ChannelDelivery Delivery => ChannelDelivery.Log;

    public IReadOnlyList<string> Split(string text) => [text];

    public Task<SendOutcome> SendAsync(OutboundPart part, CancellationToken ct) => throw NotPushed();

    public Task<SettleOutcome> SettleAsync(OutboundPart part, DateTimeOffset attemptedAt, CancellationToken ct) => throw NotPushed();

    public IReadOnlyList<byte[]> LogEntries(Conversation conversation, IReadOnlyList<RecordedEvent> events) => ActivityLog.OfTurn(events);

    public void LogGrew(ConversationAddress address) => sockets.Wake(address.Contact);

    private static NotSupportedException NotPushed() => new("a chat reads its log; nothing is pushed to it");
}
