using Microsoft.Extensions.Options;

namespace Hotline.Server.Channels.WebChat;

/// <summary>Section <c>WebChat</c>: the page at <c>/</c>.</summary>
internal sealed class WebChatOptions
{
    public const string Section = "WebChat";

    /// <summary>Where the quick exit leads: a site that says nothing about the person and opens in every country served.</summary>
    public string QuickExitUrl { get; set; } = "https://www.bing.com/";
}

internal sealed class WebChatOptionsCheck : IValidateOptions<WebChatOptions>
{
    public ValidateOptionsResult Validate(string? name, WebChatOptions options) =>
        Uri.TryCreate(options.QuickExitUrl, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("WebChat:QuickExitUrl must be an address such as https://www.example.org/");
}
