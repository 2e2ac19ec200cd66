using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Hotline.Server.Channels.Twilio;

/// <summary>What is left of a request after size, signature and form were checked, in this order.</summary>
/// <param name="Refusal">400 or 403; 0 = the form holds.</param>
internal readonly record struct CheckedForm(int Refusal, IReadOnlyList<FormPair> Pairs)
{
    private const string FormType = "application/x-www-form-urlencoded";

    public static async Task<CheckedForm> ReadAsync(HttpContext http, TwilioLine line)
    {
        var request = http.Request;
        if (request.ContentLength > TwilioForm.MaxBytes)
            return new(StatusCodes.Status400BadRequest, []);

        var buffer = ArrayPool<byte>.Shared.Rent(TwilioForm.MaxBytes + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(buffer.AsMemory(0, TwilioForm.MaxBytes + 1), TwilioForm.MaxBytes + 1, throwOnEndOfStream: false, http.RequestAborted);
            return length > TwilioForm.MaxBytes ? new(StatusCodes.Status400BadRequest, []) : Check(http, line, buffer.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static CheckedForm Check(HttpContext http, TwilioLine line, ReadOnlyMemory<byte> body)
    {
        var isForm = IsForm(http.Request.ContentType);
        // a form that cannot be decoded cannot be checked against a signature of the decoded text either
        var pairs = isForm ? TwilioForm.Read(body.Span) : [];
        if (pairs is null)
            return new(StatusCodes.Status400BadRequest, []);

        var header = http.Request.Headers["X-Twilio-Signature"];
        var signed = new SignedRequest(line.BaseUrls, Target(http), pairs, body, header.Count == 1 ? header[0] : null);
        if (!TwilioSignature.IsValid(signed, line.Tokens))
            return new(StatusCodes.Status403Forbidden, []);

        return isForm && pairs.Count <= TwilioForm.MaxParameters ? new(0, pairs) : new(StatusCodes.Status400BadRequest, []);
    }

    private static bool IsForm(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(FormType, StringComparison.OrdinalIgnoreCase)
        && (type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    /// <summary>Path and query as they stood on the request line: a rebuilt address may differ in its escapes.</summary>
    private static string Target(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.StartsWith('/'))
            return target;

        // absolute form, as some proxies send it
        return Uri.TryCreate(target, UriKind.Absolute, out var uri) ? uri.PathAndQuery : http.Request.Path + http.Request.QueryString;
    }
}
