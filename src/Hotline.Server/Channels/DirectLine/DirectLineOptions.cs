using Microsoft.Extensions.Options;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>Section <c>DirectLine</c>: who may open chats, and with which key tokens are signed.</summary>
internal sealed class DirectLineOptions
{
    public const string Section = "DirectLine";

    /// <summary>For servers of others that make tokens for their own pages. Never hand one to a browser.</summary>
    public IList<string> Secrets { get; set; } = [];

    /// <summary>Other sites whose pages may open a chat without a secret, such as <c>https://www.example.org</c>.</summary>
    public IList<string> AllowedOrigins { get; set; } = [];

    /// <summary>At least 32 characters; the same on every copy. Empty: made once and kept in the data folder.</summary>
    public string SigningKey { get; set; } = "";

    /// <summary>Address by which people reach us, such as <c>https://chat.example.org</c>. Empty: that of each request.</summary>
    public string PublicUrl { get; set; } = "";
}

internal sealed class DirectLineOptionsCheck : IValidateOptions<DirectLineOptions>
{
    public ValidateOptionsResult Validate(string? name, DirectLineOptions options)
    {
        var faults = new List<string>();
        for (var i = 0; i < options.Secrets.Count; i++)
        {
            if (options.Secrets[i] is not { Length: >= 16 })
            {
                faults.Add($"DirectLine:Secrets:{i} must have at least 16 characters");
            }
        }

        for (var i = 0; i < options.AllowedOrigins.Count; i++)
        {
            if (!IsBase(options.AllowedOrigins[i]))
            {
                faults.Add($"DirectLine:AllowedOrigins:{i} must be an origin such as https://www.example.org, without a path");
            }
        }

        if (options.SigningKey.Length is > 0 and < 32)
        {
            faults.Add("DirectLine:SigningKey must have at least 32 characters, or be empty");
        }

        if (options.PublicUrl.Length > 0 && !IsBase(options.PublicUrl))
        {
            faults.Add("DirectLine:PublicUrl must be an address such as https://chat.example.org, without a path");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsBase(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
        && text!.TrimEnd('/').Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}
