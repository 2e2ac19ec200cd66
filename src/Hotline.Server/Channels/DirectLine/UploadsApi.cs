using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>Takes files with a message, and gives them back for a day. An address that a client names is never fetched.</summary>
internal sealed class UploadsApi(UploadStore uploads, ActivitiesApi activities, ChatLog log, ChatAccess access, SiteRules sites)
{
    private const int MaxBody = UploadForm.MaxFiles * UploadForm.MaxFile + PostedActivity.MaxActivity + 64 * 1024;

    public async Task<IResult> UploadAsync(HttpRequest request, string id)
    {
        if (access.Check(request, id, out var token) is { } refusal)
        {
            return refusal;
        }

        if (request.ContentLength > MaxBody)
        {
            return WireError.TooBig;
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBody;
        }

        var (form, fault) = await UploadForm.ReadAsync(request);
        if (form is null)
        {
            return fault!;
        }

        var posted = form.Activity ?? new JsonObject
        {
            ["type"] = "message",
            ["from"] = new JsonObject { ["id"] = request.Query["userId"].ToString() },
        };
        var activity = PostedActivity.Read(posted, token?.User, out fault);
        if (activity is null)
        {
            return fault!;
        }

        return await AttachAsync(request, id, activity.Json, form.Files)
            ? await activities.TakeAsync(id, activity, form.Files.Count, request.HttpContext.RequestAborted)
            : WireError.Unavailable;
    }

    public async Task<IResult> DownloadAsync(HttpResponse response, string file)
    {
        if (await uploads.FindAsync(file, response.HttpContext.RequestAborted) is not { } upload)
        {
            return WireError.NotFound;
        }

        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(upload.Name);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return Results.Bytes(upload.Bytes, upload.ContentType);
    }

    /// <summary>Keeps the files and points the activity to them; the n-th file belongs to the n-th attachment.</summary>
    private async Task<bool> AttachAsync(HttpRequest request, string conversation, JsonObject activity, IReadOnlyList<Upload> files)
    {
        var described = activity["attachments"] as JsonArray ?? [];
        var attachments = new JsonArray();
        for (var i = 0; i < files.Count; i++)
        {
            if (await uploads.AddAsync(log.AddressOf(conversation).Contact, files[i], request.HttpContext.RequestAborted) is not { } file)
            {
                return false;
            }

            var attachment = i < described.Count && described[i] is JsonObject given ? given.DeepClone().AsObject() : new JsonObject();
            attachment["contentType"] = files[i].ContentType;
            attachment["contentUrl"] = $"{sites.BaseOf(request)}/v3/directline/files/{file}";
            attachment["name"] = WireJson.Text(attachment, "name") ?? files[i].Name;
            attachments.Add((JsonNode)attachment);
        }

        activity["attachments"] = attachments;
        return true;
    }
}
