namespace Hotline.Sources;

/// <summary>
/// Every code a content check can give. HL1xx: files and YAML; HL2xx: flows; HL3xx: translations;
/// HL4xx: words and triage; HL5xx: resources; HL6xx: texts for people.
/// </summary>
public static class DiagnosticCodes
{
    public const string FileMissing = "HL100";
    public const string YamlSyntax = "HL101";
    public const string UnknownKey = "HL102";
    public const string MissingKey = "HL103";
    public const string WrongKind = "HL104";
    public const string BadValue = "HL105";
    public const string DuplicateKey = "HL106";
    public const string NotUtf8 = "HL107";
    public const string FileTooLarge = "HL108";
}
