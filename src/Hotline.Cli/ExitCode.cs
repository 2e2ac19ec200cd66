namespace Hotline.Cli;

internal static class ExitCode
{
    public const int Well = 0;

    /// <summary>Findings, or a bad line among the good.</summary>
    public const int Findings = 1;

    /// <summary>Wrong use, or content that cannot be used.</summary>
    public const int Unusable = 2;
}
