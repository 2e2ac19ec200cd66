namespace Hotline.Sources;

/// <summary>A place in a content file. <see cref="Line"/> and <see cref="Column"/> count from 1; 0 = the whole file.</summary>
public readonly record struct SourceSpan(string File, int Line, int Column)
{
    public static SourceSpan WholeFile(string file) => new(file, 0, 0);

    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}
