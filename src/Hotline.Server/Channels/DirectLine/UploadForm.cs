using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>The body of an upload: the files, and the activity that came with them.</summary>
internal sealed record UploadForm(IReadOnlyList<Upload> Files, JsonObject? Activity)
{
    public const int MaxFiles = 5;
    public const int MaxFile = 5 * 1024 * 1024;

    private const string ActivityType = "application/vnd.microsoft.activity";

    /// <summary>Pictures, sound, video, plain text and PDF; nothing that a browser would run.</summary>
    private static readonly HashSet<string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        "image/jpeg", "image/png", "image/gif", "image/webp", "image/heic",
        "audio/mpeg", "audio/mp4", "audio/ogg", "audio/webm", "audio/wav", "audio/aac", "audio/amr", "audio/3gpp",
        "video/mp4", "video/webm", "video/3gpp", "video/quicktime",
        "application/pdf", "text/plain",
    };

    public static async Task<(UploadForm? Form, IResult? Fault)> ReadAsync(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return (null, WireError.BadArgument("Content-Type is missing"));
        }

        if (type.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
            return string.IsNullOrEmpty(boundary) || boundary.Length > 200
                ? (null, WireError.BadSyntax)
                : await ReadPartsAsync(new MultipartReader(boundary, request.Body), request.HttpContext.RequestAborted);
        }

        var (file, fault) = await ReadFileAsync(request.Body, type, request.Headers.ContentDisposition.ToString(), request.HttpContext.RequestAborted);
        return file is null ? (null, fault) : (new([file], null), null);
    }

    private static async Task<(UploadForm? Form, IResult? Fault)> ReadPartsAsync(MultipartReader reader, CancellationToken ct)
    {
        var files = new List<Upload>();
        JsonObject? activity = null;
        try
        {
            while (await reader.ReadNextSectionAsync(ct) is { } section)
            {
                if (!MediaTypeHeaderValue.TryParse(section.ContentType, out var type))
                {
                    type = new MediaTypeHeaderValue("application/octet-stream");
                }

                if (type.MediaType.Equals(ActivityType, StringComparison.OrdinalIgnoreCase))
                {
                    var json = await RequestBody.ReadAsync(section.Body, PostedActivity.MaxActivity, ct);
                    activity = json is null ? null : WireJson.ReadObject(json);
                    if (activity is null)
                    {
                        return (null, json is null ? WireError.TooBig : WireError.BadSyntax);
                    }

                    continue;
                }

                var (file, fault) = await ReadFileAsync(section.Body, type, section.ContentDisposition, ct);
                if (file is null)
                {
                    return (null, fault);
                }

                files.Add(file);
                if (files.Count > MaxFiles)
                {
                    return (null, WireError.BadArgument("Too many files"));
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException && !ct.IsCancellationRequested)
        {
            return (null, WireError.BadSyntax);
        }

        return files.Count == 0 ? (null, WireError.Missing("file")) : (new(files, activity), null);
    }

    private static async Task<(Upload? File, IResult? Fault)> ReadFileAsync(
        Stream body, MediaTypeHeaderValue type, string? disposition, CancellationToken ct)
    {
        var mediaType = type.MediaType.Value ?? "";
        if (!Types.Contains(mediaType))
        {
            return (null, WireError.BadArgument("Files of this type are not taken"));
        }

        var bytes = await RequestBody.ReadAsync(body, MaxFile, ct);
        if (bytes is null)
        {
            return (null, WireError.TooBig);
        }

        var name = ContentDispositionHeaderValue.TryParse(disposition, out var named)
            ? HeaderUtilities.RemoveQuotes(named.FileNameStar.HasValue ? named.FileNameStar : named.FileName).Value
            : null;
        return (new Upload(mediaType.ToLowerInvariant(), CleanName(name), bytes), null);
    }

    private static string CleanName(string? name)
    {
        var cut = name?.LastIndexOfAny(['/', '\\']) is { } slash and >= 0 ? name[(slash + 1)..] : name;
        var clean = new string([.. (cut ?? "").Where(c => !char.IsControl(c) && c != '"').Take(120)]);
        return clean.Length == 0 ? "file" : clean;
    }
}
