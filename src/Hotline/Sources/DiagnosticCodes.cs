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
    public const string UnknownFile = "HL109";
    public const string EmptySetting = "HL110";
    public const string MissingSystemText = "HL111";

    public const string NodeKind = "HL200";
    public const string UnknownNode = "HL201";
    public const string Options = "HL202";

    public const string UnknownFlow = "HL220";
    public const string Unreachable = "HL221";
    public const string DeadEnd = "HL222";
    public const string WaitUnguarded = "HL223";
    public const string LoopWithoutWait = "HL224";
    public const string NoHuman = "HL225";
    public const string DuplicateFlow = "HL226";

    public const string PoSyntax = "HL300";
    public const string PoHeader = "HL301";
    public const string PoCharset = "HL302";
    public const string PoDuplicate = "HL303";
    public const string PoPlural = "HL304";
    public const string UnknownText = "HL305";
    public const string Untranslated = "HL306";
    public const string Stale = "HL307";
    public const string PlaceholdersDiffer = "HL308";
    public const string ChoicesDiffer = "HL309";
    public const string SafetyStale = "HL310";
    public const string SafetyUntranslated = "HL311";

    public const string UnknownConcept = "HL401";
    public const string WeakPhrase = "HL402";
    public const string BadModel = "HL403";
    public const string KeywordShadowed = "HL420";

    public const string ResourceExpired = "HL500";
    public const string ResourceUnverified = "HL501";
    public const string DuplicateResource = "HL502";
    public const string UnknownResource = "HL503";

    public const string OverBudget = "HL600";
    public const string Zawgyi = "HL601";
    public const string NotNfc = "HL602";
    public const string NeverSay = "HL603";
    public const string FlipsEncoding = "HL604";
    public const string NumberInText = "HL605";
    public const string UnknownPlaceholder = "HL606";
    public const string StrayBrace = "HL607";
    public const string NothingLeft = "HL608";
}
