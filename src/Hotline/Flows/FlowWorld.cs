using System.Collections.Frozen;
using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Resources;
using Hotline.Text;

namespace Hotline.Flows;

/// <summary>What flows may use of the content.</summary>
internal sealed record FlowWorld
{
    public required string Version { get; init; }

    public required FrozenDictionary<FlowId, Flow> Flows { get; init; }

    public required Catalogs Catalogs { get; init; }

    public required Words Words { get; init; }

    public required ResourceDirectory Resources { get; init; }

    public required IReadOnlyList<LanguageTag> Languages { get; init; }

    /// <summary>The word on how to read on, below the page of a long text.</summary>
    public TextRef? More { get; init; }

    /// <summary>The value of a placeholder such as <c>service</c>; <c>null</c> when there is none of this name.</summary>
    public required Func<string, TextRef?> Placeholder { get; init; }
}
