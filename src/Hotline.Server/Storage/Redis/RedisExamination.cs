using System.Globalization;
using System.Net;
using Hotline.Server.Hosting;
using StackExchange.Redis;

namespace Hotline.Server.Storage.Redis;

/// <summary>What <c>doctor</c> says of Redis: reach, eviction, what a power cut would cost, room, clock, and who may listen in.</summary>
internal static class RedisExamination
{
    private const string About = "redis";
    private const double FullFrom = 0.8;

    public static async Task<IReadOnlyList<Finding>> RunAsync(RedisStoreSettings settings, TimeProvider time)
    {
        using var connection = await RedisConnection.OpenAsync(settings);
        var findings = new List<Finding>();
        if (await RedisCheck.FindFaultAsync(connection, settings.Limit) is { } fault)
        {
            return [Finding.Fail(About, fault.Text, "look at Conversations:Redis and at the server it names")];
        }

        findings.Add(Finding.Ok(About, $"{connection.Servers.Count()} servers answer, nothing is evicted, a write is taken"));
        findings.AddRange(OfNetwork(RedisConnection.Read(settings)));
        foreach (var server in connection.Servers)
        {
            var facts = (await server.InfoAsync().WaitAsync(settings.Limit)).SelectMany(section => section)
                .GroupBy(line => line.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal);
            if (facts.GetValueOrDefault("role") == "master")
            {
                findings.Add(await OfLogAsync(server, facts, settings.Limit));
                findings.Add(facts.GetValueOrDefault("connected_slaves") is "0" or null
                    ? Finding.Warn(About, "a server has no replica: while it is away messages wait in the spool", "add one, if its host may be away for long")
                    : Finding.Ok(About, $"{facts["connected_slaves"]} replicas follow"));
            }

            findings.AddRange(OfMemory(facts));
        }

        findings.Add(Finding.OfClock("redis clock", time.GetUtcNow() - await RedisCheck.ReadTimeAsync(connection.Database).WaitAsync(settings.Limit)));
        return findings;
    }

    private static IEnumerable<Finding> OfNetwork(ConfigurationOptions options)
    {
        var isHere = options.EndPoints.All(e => e is IPEndPoint { Address: var ip } ? IPAddress.IsLoopback(ip) : e is DnsEndPoint { Host: "localhost" });
        if (!isHere && !options.Ssl)
        {
            yield return Finding.Warn(About, "the way to Redis is not encrypted", "use TLS (ssl=true), or a network that is nobody else's");
        }

        if (!isHere && string.IsNullOrEmpty(options.Password))
        {
            yield return Finding.Warn(About, "Redis asks for no password", "set requirepass or an ACL, and password= in Conversations:Redis");
        }
    }

    private static async Task<Finding> OfLogAsync(IServer server, Dictionary<string, string> facts, TimeSpan limit)
    {
        if (facts.GetValueOrDefault("aof_enabled") != "1")
        {
            return Finding.Fail(About, "there is no append-only file: a crash loses what was accepted since the last snapshot", "appendonly yes, appendfsync everysec or always");
        }

        try
        {
            var mode = (await server.ConfigGetAsync("appendfsync").WaitAsync(limit)).FirstOrDefault().Value;
            return mode switch
            {
                "always" => Finding.Ok(About, "the append-only file is on the disk before a message is acknowledged"),
                "everysec" => Finding.Ok(About, "the append-only file is flushed each second: a power cut may lose the last one; SMS of it are fetched again"),
                _ => Finding.Warn(About, $"appendfsync is {mode}: a power cut may lose half a minute", "appendfsync everysec or always"),
            };
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return Finding.Warn(About, "the server does not tell its appendfsync", "ask whoever runs it: it must be everysec or always");
        }
    }

    private static IEnumerable<Finding> OfMemory(Dictionary<string, string> facts)
    {
        if (Number("maxmemory") is > 0 and var most && Number("used_memory") / most > FullFrom)
        {
            yield return Finding.Warn(About, "its memory is more than 80 % full; when it is full nothing is accepted but by the spool", "raise maxmemory, or lower Conversations:TtlDays");
        }

        double Number(string name) => double.TryParse(facts.GetValueOrDefault(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;
    }
}
