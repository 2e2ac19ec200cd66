using System.Text.Json;
using Hotline.Server.Tests.EndToEnd;
using Xunit;

namespace Hotline.Server.Tests.Channels.DirectLine;

/// <summary>The real npm clients against the built server: what Web Chat and its transport do on a good line and on a bad one.</summary>
public sealed class DirectLineClientTests
{
    private const string SigningKey = "a signing key that the scripts know too";

    [SkippableFact]
    public async Task RealClients_StartGreetEchoChooseUploadResumeAndSurviveARestart()
    {
        var folder = await NodeScript.InstallAsync("directline");
        await using var server = new ServerProcess(new Dictionary<string, string>
        {
            ["DirectLine__SigningKey"] = SigningKey,
            ["DirectLine__AllowedOrigins__0"] = "http://partner.example",
        });
        await server.StartAsync();
        var config = Path.Combine(server.Data, "clients.json");
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new { server = server.PublicUrl, signingKey = SigningKey }));
        var (exit, output) = await NodeScript.RunAsync(folder, "node", ["run.cjs", config], async (line, answer) =>
        {
            if (line == "RESTART")
            {
                await server.KillAsync();
                await server.StartAsync();
                await answer.WriteLineAsync("done");
                await answer.FlushAsync();
            }
        });
        Assert.True(exit == 0, output);
        var results = JsonSerializer.Deserialize<Dictionary<string, string>>(output.Split('\n').Last(l => l.StartsWith('{')))!;
        Assert.Equal(26, results.Count);
        Assert.True(results.Values.All(r => r == "ok"), string.Join('\n', results.Where(r => r.Value != "ok")));
    }
}
