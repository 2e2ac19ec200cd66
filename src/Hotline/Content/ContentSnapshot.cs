using System.Collections.Frozen;
using Hotline.Conversations;
using Hotline.Flows;
using Hotline.Localization;
using Hotline.Resources;
using Hotline.Text;
using Hotline.Triage;

namespace Hotline.Content;

/// <summary>The whole checked content, one immutable value. A reload makes another one and swaps them.</summary>
public sealed record ContentSnapshot
{
    /// <summary>Hash of all content files, 16 hex digits.</summary>
    public required string Version { get; init; }

    public required LineSettings Line { get; init; }

    public required FrozenDictionary<FlowId, Flow> Flows { get; init; }

    public required Catalogs Catalogs { get; init; }

    public required Words Words { get; init; }

    public required TriageRules Triage { get; init; }

    public required ResourceDirectory Resources { get; init; }
}
