namespace Hotline.Server.Channels.DirectLine;

/// <summary>Reads a body into memory, and not a byte more than it may have.</summary>
internal static class RequestBody
{
    public static async Task<(byte[]? Body, IResult? Fault)> ReadAsync(HttpRequest request, int most)
    {
        var body = request.ContentLength > most ? null : await ReadAsync(request.Body, most, request.HttpContext.RequestAborted);
        return (body, body is null ? WireError.TooBig : null);
    }

    /// <summary><c>null</c>: there is more.</summary>
    public static async Task<byte[]?> ReadAsync(Stream from, int most, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[8192];
        int read;
        while ((read = await from.ReadAsync(chunk, ct)) > 0)
        {
            if (buffer.Length + read > most)
            {
                return null;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}
