using Hotline.Triage;
using Microsoft.Extensions.Options;

namespace Hotline.Server.Desk;

/// <summary>Section <c>Desk</c>: who may read the feed, the first account in Development, and when somebody must have answered.</summary>
internal sealed class DeskOptions
{
    public const string Section = "Desk";

    /// <summary>Bearer tokens for <c>/api/desk/feed</c> and <c>/metrics.json</c>, at least 20 characters each.</summary>
    public IList<string> FeedTokens { get; set; } = [];

    /// <summary>Minutes until a person of this level should have a first answer.</summary>
    public Dictionary<TriageLevel, int> Deadlines { get; set; } = new()
    {
        [TriageLevel.R0] = 5,
        [TriageLevel.R1] = 30,
        [TriageLevel.R2] = 240,
        [TriageLevel.R3] = 2880,
    };

    /// <summary>In Development: an account made at the start, instead of the first sign-in link.</summary>
    public FirstAdminOptions? FirstAdmin { get; set; }
}

internal sealed class FirstAdminOptions
{
    public string Email { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>Base32, as an authenticator app takes it.</summary>
    public string TotpSecret { get; set; } = "";
}

internal sealed class DeskOptionsCheck(IHostEnvironment environment) : IValidateOptions<DeskOptions>
{
    private const int ShortestToken = 20;

    public ValidateOptionsResult Validate(string? name, DeskOptions options)
    {
        var faults = new List<string>();
        for (var i = 0; i < options.FeedTokens.Count; i++)
        {
            if (options.FeedTokens[i].Length < ShortestToken)
            {
                faults.Add($"Desk:FeedTokens:{i} must have at least {ShortestToken} characters");
            }
        }

        faults.AddRange(options.Deadlines.Where(d => d.Value is < 1 or > 100_000).Select(d => $"Desk:Deadlines:{d.Key} must be minutes from 1 to 100000"));
        if (options.FirstAdmin is { } admin)
        {
            if (!environment.IsDevelopment())
            {
                faults.Add("Desk:FirstAdmin is for Development only; use the first sign-in link");
            }

            if (!admin.Email.Contains('@', StringComparison.Ordinal))
            {
                faults.Add("Desk:FirstAdmin:Email must be an e-mail address");
            }

            if (Totp.ReadSecret(admin.TotpSecret) is not { Length: >= 10 })
            {
                faults.Add("Desk:FirstAdmin:TotpSecret must be base32, at least 16 letters");
            }
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
