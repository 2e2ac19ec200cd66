using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Flows;

/// <summary>How long a wait lasts and where it goes then.</summary>
public sealed record WaitLimit(TimeSpan After, NodeId Next);

/// <summary>What happens with an answer that fits nothing; without <paramref name="Next"/> the question is asked again.</summary>
public sealed record ElseWay(TextRef? Say, NodeId? Next);

/// <summary>One node's mapping while it is read: its id, its flow, and the fields that many kinds share.</summary>
internal sealed class NodeFields(FlowId flow, NodeId id, YamlMap map)
{
    public NodeId Id => id;

    public YamlMap Map => map;

    public SourceSpan Span => map.Span;

    /// <summary>A text for people with the id <c>FLOW/NODE/part</c>.</summary>
    public TextRef Text(string key, string part) => TextOf(map, key, part);

    public TextRef TextOf(YamlMap from, string key, string part) =>
        new($"{flow}/{id}/{part}", from.RequiredText(key) ?? "", from.SpanOf(key));

    public NodeId Way(string key) => new(map.RequiredText(key) ?? Flow.End.Value);

    public WaitLimit Timeout()
    {
        if (!map.Has("timeout"))
        {
            map.Bag.Error(DiagnosticCodes.WaitUnguarded, Span, $"'{id}' waits without a 'timeout'", "timeout: { after: 24h, next: end }");
            map.Node("timeout");
            return new(TimeSpan.FromDays(1), Flow.End);
        }

        if (map.OptionalMap("timeout") is not { } limit)
        {
            return new(TimeSpan.FromDays(1), Flow.End);
        }

        if (!limit.Has("after"))
        {
            map.Bag.Error(DiagnosticCodes.MissingKey, limit.Span, "'after' is missing");
        }

        var read = new WaitLimit(limit.OptionalDuration("after") ?? TimeSpan.FromDays(1), new(limit.RequiredText("next") ?? Flow.End.Value));
        limit.Done();
        return read;
    }

    public ElseWay Else()
    {
        if (!map.Has("else"))
        {
            map.Bag.Error(DiagnosticCodes.WaitUnguarded, Span, $"'{id}' waits without an 'else'", "else: { say: \"…\" }");
            map.Node("else");
            return new(null, null);
        }

        if (map.OptionalMap("else") is not { } other)
        {
            return new(null, null);
        }

        var say = other.Has("say") ? TextOf(other, "say", "else") : null;
        var next = other.OptionalText("next");
        other.Done();
        return new(say, next is null ? null : new NodeId(next));
    }
}
