namespace Hotline.Server.Channels.DirectLine;

/// <summary>The web socket of a conversation.</summary>
internal sealed class StreamApi(ChatLog log, DirectLineTokens tokens, ChatAccess access, LiveSockets sockets, StreamLife life)
{
    public async Task<IResult> OpenAsync(HttpContext context, string id)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return WireError.BadArgument("This address is for a web socket");
        }

        if (tokens.Read(context.Request.Query["t"].ToString()) is not { } token)
        {
            return WireError.BadToken;
        }

        if (access.Check(token, TokenUse.Stream, context.Request, id) is Access.Refused refused)
        {
            return refused.Answer;
        }

        if (ChatLog.ReadWatermark(context.Request.Query["watermark"]) is not { } watermark)
        {
            return WireError.BadArgument("watermark is not one of ours");
        }

        using var accepted = await context.WebSockets.AcceptWebSocketAsync();
        using var socket = new LiveSocket(accepted, id, log, life.Time);
        var contact = log.AddressOf(id).Contact;
        sockets.Enter(contact, socket);
        try
        {
            using var stopping = life.Host.ApplicationStopping.Register(() => socket.Stop(SocketEnd.Shutdown));
            await socket.RunAsync(watermark);
        }
        finally
        {
            sockets.Leave(contact, socket);
        }

        return Results.Empty;
    }
}

/// <summary>How long streams live: the clock, and the end of the server.</summary>
internal sealed record StreamLife(TimeProvider Time, IHostApplicationLifetime Host);
