using System.Collections.Frozen;
using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Content;

/// <summary><c>dialogs/hotline.yaml</c>: who runs the line, and which flow serves which moment.</summary>
public sealed record LineSettings
{
    public required TextRef Service { get; init; }

    /// <summary>Who runs the line; empty is refused outside Development.</summary>
    public required TextRef Operator { get; init; }

    public required TextRef Hours { get; init; }

    public required TextRef SecrecyNote { get; init; }

    public required IReadOnlyList<string> Countries { get; init; }

    public required IReadOnlyList<LanguageTag> Languages { get; init; }

    public required FlowId Welcome { get; init; }

    public required FlowId LanguageFlow { get; init; }

    public required FlowId Menu { get; init; }

    public required FlowId Offer { get; init; }

    public required FlowId Safety { get; init; }

    public required FlowId Waiting { get; init; }

    public required FlowId Closing { get; init; }

    /// <summary>The flow of every moment, with the name of that moment.</summary>
    public IReadOnlyList<(string Moment, FlowId Flow)> Moments =>
    [
        ("welcome", Welcome), ("language", LanguageFlow), ("menu", Menu), ("offer", Offer),
        ("safety", Safety), ("waiting", Waiting), ("closing", Closing),
    ];

    public int RepliesPerHour { get; init; } = 20;

    /// <summary>Where <c>flows:</c> stands, for complaints about a flow that is not there.</summary>
    public SourceSpan FlowsSpan { get; init; }

    /// <summary>Texts outside any flow, by the names in <see cref="SystemText"/>.</summary>
    public required FrozenDictionary<string, TextRef> Texts { get; init; }
}

/// <summary>Names of the texts that the engine says outside any flow (<c>texts:</c> in hotline.yaml; msgctxt <c>hotline/NAME</c>).</summary>
public static class SystemText
{
    public const string NotUnderstood = "not_understood";
    public const string Stopped = "stopped";
    public const string Started = "started";
    public const string Help = "help";
    public const string Cover = "cover";
    public const string DeleteConfirm = "delete_confirm";
    public const string DeleteDone = "delete_done";
    public const string DeletePending = "delete_pending";
    public const string DeleteKept = "delete_kept";
    public const string TurnFailed = "turn_failed";
    public const string NodeRemoved = "node_removed";
    public const string UnsupportedLanguage = "unsupported_language";
    public const string HumanAsked = "human_asked";
    public const string StaffJoined = "staff_joined";
    public const string LanguageSet = "language_set";
    public const string More = "more";

    public static IReadOnlyList<string> All { get; } =
    [
        NotUnderstood, Stopped, Started, Help, Cover, DeleteConfirm, DeleteDone, DeletePending, DeleteKept,
        TurnFailed, NodeRemoved, UnsupportedLanguage, HumanAsked, StaffJoined, LanguageSet, More,
    ];
}
