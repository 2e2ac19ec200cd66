namespace Hotline.Sources;

/// <summary>A content file as text: its path in the content folder and what stands in it.</summary>
public sealed record SourceText(string File, string Text);
