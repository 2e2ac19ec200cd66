using Microsoft.Extensions.Options;

namespace Hotline.Server.Privacy;

/// <summary>Section <c>Privacy</c>: where the master keys lie and how long things are kept.</summary>
internal sealed class PrivacyOptions
{
    public const string Section = "Privacy";

    /// <summary>
    /// The master key ring: a folder, in which the server makes new keys by itself, or a file (a mounted secret), which it
    /// only reads. Empty = the folder <c>keyring</c> under <c>Data:Path</c>. Back it up apart from the data.
    /// </summary>
    public string KeyRing { get; set; } = "";

    /// <summary>File with 32 random bytes, the pepper of every pseudonym; empty = <c>pepper</c> under <c>Data:Path</c>. Losing it loses who is who.</summary>
    public string PepperFile { get; set; } = "";
}

internal sealed class PrivacyOptionsCheck : IValidateOptions<PrivacyOptions>
{
    public ValidateOptionsResult Validate(string? name, PrivacyOptions options)
    {
        try
        {
            if (options.KeyRing.Length > 0 && new MasterKeys(options.KeyRing) is { IsFile: true } ring)
            {
                ring.All();
            }

            return ValidateOptionsResult.Success;
        }
        catch (InvalidOperationException e)
        {
            return ValidateOptionsResult.Fail(e.Message); // ours: it names the key and the mend
        }
    }
}
