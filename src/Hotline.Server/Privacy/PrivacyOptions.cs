namespace Hotline.Server.Privacy;

/// <summary>Section <c>Privacy</c>: where the master keys lie and how long things are kept.</summary>
internal sealed class PrivacyOptions
{
    public const string Section = "Privacy";

    /// <summary>Folder of the master key ring; empty = <c>keyring</c> under <c>Data:Path</c>. Back it up apart from the data.</summary>
    public string KeyRing { get; set; } = "";

    /// <summary>File with 32 random bytes, the pepper of every pseudonym; empty = <c>pepper</c> under <c>Data:Path</c>. Losing it loses who is who.</summary>
    public string PepperFile { get; set; } = "";
}
