using Xunit;

namespace Hotline.Server.Tests.EndToEnd;

/// <summary>A data folder that another server uses, or from which a part is missing: a plain word, exit 2, nothing made anew.</summary>
public sealed class DataFolderTests
{
    [Fact]
    public async Task TwoServersOnOneFolder_TheSecondDoesNotStart()
    {
        await using var first = new ServerProcess();
        await first.StartAsync();
        await using var second = new ServerProcess(data: first.Data);
        Assert.Equal(2, await second.RunToEndAsync());
        Assert.Contains("data: ", second.Output, StringComparison.Ordinal);
        Assert.True(first.IsRunning);
    }

    [Theory]
    [InlineData("pepper")]
    [InlineData("keys.db")]
    [InlineData("keyring")]
    public async Task APartIsLost_TheServerSaysSo_AndMakesNoNewOne(string part)
    {
        await using var server = new ServerProcess();
        await server.StartAsync();
        await ChatAsync(server);
        await server.StopAsync();
        var path = Path.Combine(server.Data, part);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            foreach (var file in Directory.GetFiles(server.Data, part + "*"))
            {
                File.Delete(file);
            }
        }

        Assert.Equal(2, await server.RunToEndAsync());
        Assert.Contains("key back-up", server.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    /// <summary>One chat, so that there is something that a lost key would lose.</summary>
    private static async Task ChatAsync(ServerProcess server)
    {
        using var http = new HttpClient();
        using var token = await http.PostAsync($"{server.PublicUrl}/v3/directline/tokens/generate", null);
        token.EnsureSuccessStatusCode();
        using var json = System.Text.Json.JsonDocument.Parse(await token.Content.ReadAsStringAsync());
        http.DefaultRequestHeaders.Authorization = new("Bearer", json.RootElement.GetProperty("token").GetString());
        using var chat = await http.PostAsync($"{server.PublicUrl}/v3/directline/conversations", null);
        chat.EnsureSuccessStatusCode();
    }
}
