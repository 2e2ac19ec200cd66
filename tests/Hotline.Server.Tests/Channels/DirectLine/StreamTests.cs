using System.Net.WebSockets;
using System.Text.Json;
using Hotline.Server.Tests.EndToEnd;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hotline.Server.Tests.Channels.DirectLine;

public sealed class StreamTests
{
    [Fact]
    public async Task Stream_ReplaysAfterTheWatermark_ThenFollows()
    {
        await using var host = await ChatHost.StartAsync();
        var (conversation, token) = await host.BeginAsync();
        await host.CommitAsync(conversation, ChatHost.In("hi"), ChatHost.Out("two"));
        using var all = await ChatHost.ConnectAsync(await host.StreamUrlAsync(conversation, token));
        Assert.Equal(["Hello", "hi", "two"], await TextsAsync(all));
        await host.CommitAsync(conversation, ChatHost.Out("three"));
        Assert.Equal(["three"], await TextsAsync(all));
        using var some = await ChatHost.ConnectAsync(await host.StreamUrlAsync(conversation, token, "2"));
        Assert.Equal(["two", "three"], await TextsAsync(some));
    }

    [Fact]
    public async Task ANewerSocket_Wins_AndTheOlderIsToldSo()
    {
        await using var host = await ChatHost.StartAsync();
        var (conversation, token) = await host.BeginAsync();
        using var older = await ChatHost.ConnectAsync(await host.StreamUrlAsync(conversation, token));
        await TextsAsync(older);
        using var newer = await ChatHost.ConnectAsync(await host.StreamUrlAsync(conversation, token, "1"));
        Assert.Null(await ChatHost.FrameAsync(older));
        Assert.Equal("collision", older.CloseStatusDescription);
        await host.CommitAsync(conversation, ChatHost.Out("for the newer"));
        Assert.Equal(["for the newer"], await TextsAsync(newer));
    }

    [Fact]
    public async Task AStoppingServer_ClosesWith1001()
    {
        await using var host = await ChatHost.StartAsync();
        var (conversation, token) = await host.BeginAsync();
        using var socket = await ChatHost.ConnectAsync(await host.StreamUrlAsync(conversation, token));
        await TextsAsync(socket);
        var stopping = host.StopAsync();
        Assert.Null(await ChatHost.FrameAsync(socket));
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);
        await stopping;
    }

    [Fact]
    public async Task AQuietStream_GetsAnEmptyText_BeforeHalfAMinuteIsOver()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        await using var host = await ChatHost.StartAsync(clock);
        var (conversation, token) = await host.BeginAsync();
        using var socket = await ChatHost.ConnectAsync(await host.StreamUrlAsync(conversation, token));
        await TextsAsync(socket);
        clock.Advance(TimeSpan.FromSeconds(25));
        Assert.Equal("", await ChatHost.FrameAsync(socket));
    }

    [Fact]
    public async Task Typing_IsShownToAnOpenSocket_AndNotKept()
    {
        await using var host = await ChatHost.StartAsync();
        var (conversation, token) = await host.BeginAsync();
        using var socket = await ChatHost.ConnectAsync(await host.StreamUrlAsync(conversation, token));
        await TextsAsync(socket);
        var path = $"/v3/directline/conversations/{conversation}/activities";
        await host.SendAsync(HttpMethod.Post, path, token, new { type = "typing", channelData = new { clientActivityID = "t1" } });
        var set = JsonDocument.Parse((await ChatHost.FrameAsync(socket))!).RootElement;
        Assert.False(set.TryGetProperty("watermark", out _));
        Assert.Equal("typing", set.GetProperty("activities")[0].GetProperty("type").GetString());
        Assert.Equal(1, (await host.SendAsync(HttpMethod.Get, path, token)).Body.GetProperty("activities").GetArrayLength());
    }

    [Fact]
    public async Task WhateverAClientSays_IsOnlyASignOfLife()
    {
        await using var host = await ChatHost.StartAsync();
        var (conversation, token) = await host.BeginAsync();
        using var socket = await ChatHost.ConnectAsync(await host.StreamUrlAsync(conversation, token));
        await TextsAsync(socket);
        await socket.SendAsync("{}"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        await socket.SendAsync(Array.Empty<byte>(), WebSocketMessageType.Text, true, CancellationToken.None);
        await host.CommitAsync(conversation, ChatHost.Out("still here"));
        Assert.Equal(["still here"], await TextsAsync(socket));
    }

    [Fact]
    public async Task ADroppedSocket_LeavesNothingBehind()
    {
        await using var host = await ChatHost.StartAsync();
        var (conversation, token) = await host.BeginAsync();
        using (var socket = await ChatHost.ConnectAsync(await host.StreamUrlAsync(conversation, token)))
        {
            await TextsAsync(socket);
            socket.Abort();
        }

        await Eventually.BecomesTrueAsync("the socket is forgotten", () => Task.FromResult(host.Sockets.Count == 0));
    }

    [Fact]
    public async Task WithTheStoreAway_TheSocketStays_AndGoesOnAfterwards()
    {
        await using var host = await ChatHost.StartAsync();
        var (conversation, token) = await host.BeginAsync();
        using var socket = await ChatHost.ConnectAsync(await host.StreamUrlAsync(conversation, token));
        await TextsAsync(socket);
        host.Store.Away = true;
        host.Sockets.Wake(host.Log.AddressOf(conversation).Contact);
        host.Store.Away = false;
        await host.CommitAsync(conversation, ChatHost.Out("back"));
        Assert.Equal(["back"], await TextsAsync(socket));
    }

    [Fact]
    public async Task AStreamAddress_IsDeadAfterAMinute_AndForAnotherConversation()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        await using var host = await ChatHost.StartAsync(clock);
        var (conversation, token) = await host.BeginAsync();
        var (other, _) = await host.BeginAsync();
        var url = await host.StreamUrlAsync(conversation, token);
        await Assert.ThrowsAsync<WebSocketException>(() => ChatHost.ConnectAsync(url.Replace(conversation, other, StringComparison.Ordinal)));
        await Assert.ThrowsAsync<WebSocketException>(() => ChatHost.ConnectAsync(url[..url.IndexOf("&t=", StringComparison.Ordinal)]));
        clock.Advance(TimeSpan.FromSeconds(61));
        await Assert.ThrowsAsync<WebSocketException>(() => ChatHost.ConnectAsync(url));
    }

    private static async Task<IEnumerable<string?>> TextsAsync(ClientWebSocket socket) =>
        JsonDocument.Parse((await ChatHost.FrameAsync(socket))!).RootElement.GetProperty("activities").EnumerateArray()
            .Select(a => a.GetProperty("text").GetString());
}
