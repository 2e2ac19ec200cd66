using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Hotline.Server.Tests.Channels.Twilio.Fake;
using Hotline.Server.Tests.EndToEnd;
using Xunit;

namespace Hotline.Server.Tests.Channels.Twilio;

/// <summary>The vendor's own npm package as the signer of our webhooks and as a client of our fake.</summary>
public class TwilioNpmTests
{
    private const int Rounds = 25;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [SkippableFact]
    public async Task NpmTwilio_SignsChecksAndSends()
    {
        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../clients/twilio"));
        Skip.IfNot(Directory.Exists(Path.Combine(folder, "node_modules/twilio")), "npm ci --ignore-scripts was not run in tests/clients/twilio");

        var proxyPort = ServerProcess.FreePort();
        var settings = new Dictionary<string, string?>();
        Channel(0, "sms-th", "+66200000000", $"http://127.0.0.1:{proxyPort}/behind/a-proxy");
        Channel(1, "sms-la", "+85620000000", "https://line.example.org");
        Channel(2, "sms-kh", "+85520000000", "https://user:it's@Line.Example.org:8443/");
        Channel(3, "wa", "whatsapp:+66200000000", "http://line.example.org:8080");

        await using var host = await TwilioHost.StartAsync(settings: settings, channels: 4);
        host.Fake.OptedOut["+66866666666"] = true;
        var config = new
        {
            seed = 20261124,
            rounds = Rounds,
            server = host.Url,
            api = host.Fake.Url,
            accountSid = host.Fake.AccountSid,
            authToken = host.Fake.AuthToken,
            optedOut = "+66866666666",
            channels = new object[]
            {
                new { name = "sms-th", number = "+66200000000", proxyPort, proxyPrefix = "/behind/a-proxy", signedAs = new[] { $"http://127.0.0.1:{proxyPort}/behind/a-proxy", "http://127.0.0.1/behind/a-proxy" } },
                new { name = "sms-la", number = "+85620000000", signedAs = new[] { "https://line.example.org", "https://line.example.org:443" } },
                new { name = "sms-kh", number = "+85520000000", signedAs = new[] { "https://user:it's@Line.Example.org:8443", "https://Line.Example.org:8443", "https://line.example.org:8443", "https://line.example.org" } },
                new { name = "wa", number = "whatsapp:+66200000000", signedAs = new[] { "http://line.example.org:8080", "http://line.example.org" } },
            },
            samples = Samples(host.Fake).ToArray(),
        };
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(config));
            var (exit, output, error) = await RunAsync(folder, file);
            Assert.True(exit == 0, error);
            var results = JsonSerializer.Deserialize<Dictionary<string, int>>(output)!;
            Assert.Equal((4 * Rounds, 4 * (4 * Rounds + 1), 15, 3), (results["accepted"], results["refused"], results["client"], results["signatures"]));
        }
        finally
        {
            File.Delete(file);
        }

        void Channel(int i, string name, string from, string publicUrl)
        {
            settings[$"Twilio:Channels:{i}:Name"] = name;
            settings[$"Twilio:Channels:{i}:From"] = from;
            settings[$"Twilio:Channels:{i}:PublicUrl"] = publicUrl;
        }
    }

    /// <summary>What the fake signs, for the package to check.</summary>
    private static IEnumerable<object> Samples(FakeTwilio fake)
    {
        foreach (var (url, body) in new[] { ("https://line.example.org/a?part=x-1", "ကူညီ + \"x\""), ("https://line.example.org:8443/a", ""), ("http://line.example.org/b?c=it%27s", " spaces  ") })
        {
            List<KeyValuePair<string, string>> form = [new("Body", body), new("B", "2"), new("B", "1"), new("a", "lower"), new("B", "2")];
            yield return new { url, pairs = form.Select(p => new[] { p.Key, p.Value }).ToArray(), signature = FakeSigner.Sign(fake.AuthToken, url, form) };
        }
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(string folder, string config)
    {
        var start = new ProcessStartInfo("node", ["run.mjs", config]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var node = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var output = node.StandardOutput.ReadToEndAsync(limit.Token);
        var error = node.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await node.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            node.Kill(entireProcessTree: true);
            throw new TimeoutException("node did not end in time");
        }

        return (node.ExitCode, await output, await error);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
