using Hotline.Sources;

namespace Hotline.Content;

/// <summary>What loading gave: the snapshot when there was no error, and every complaint, warnings included, in order of place.</summary>
public sealed record ContentLoad(ContentSnapshot? Snapshot, IReadOnlyList<Diagnostic> Diagnostics);
