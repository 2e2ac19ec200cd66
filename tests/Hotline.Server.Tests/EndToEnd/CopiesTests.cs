using System.Net;
using Hotline.Server.Tests.Channels.Twilio.Fake;
using Hotline.Server.Tests.Storage.Redis;
using Xunit;
using Xunit.Abstractions;

namespace Hotline.Server.Tests.EndToEnd;

/// <summary>
/// Several servers, each a process, on one Redis. One is killed while people write: every text still comes, once and in
/// order, also those that the dead one had in hand. The databases of cases and keys are one by links, as they would be on
/// one PostgreSQL.
/// </summary>
public sealed class CopiesTests(SingleRedis redis, ITestOutputHelper output) : IClassFixture<SingleRedis>, IAsyncLifetime
{
    private const string Receive = SmsLine.Public + "/channels/twilio/sms/receive";
    private static readonly string[] Talk = ["hello", "1", "1", "2", "1", "2", "1"];

    private readonly DirectoryInfo _shared = Directory.CreateTempSubdirectory("hotline-copies-");
    private readonly List<ServerProcess> _servers = [];
    private FakeTwilio? _provider;

    private FakeTwilio Provider => _provider ?? throw new InvalidOperationException("started before each test");

    public async Task InitializeAsync()
    {
        await redis.EmptyAsync();
        _provider = await FakeTwilio.StartAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await Provider.DisposeAsync();
        _shared.Delete(recursive: true);
    }

    [Fact]
    public async Task OneOfThreeIsKilledInTheMiddle_AnotherComes_EverybodyReadsAsInPeace()
    {
        for (var i = 0; i < 3; i++)
        {
            await StartAsync();
        }

        var peace = await TalkInPeaceAsync("+66800000001");
        string[] people = [.. Enumerable.Range(10, 12).Select(n => $"+668000000{n}")];
        for (var i = 0; i < Talk.Length; i++)
        {
            if (i == 3)
            {
                await _servers[0].KillAsync();
                output.WriteLine("one of three was killed");
            }

            if (i == 5)
            {
                await StartAsync();
            }

            foreach (var (person, n) in people.Select((p, n) => (p, n)))
            {
                await WriteAsync(person, Talk[i], n);
            }

            await ReadAsync(people, peace.Take(i + 1).Sum(turn => turn.Count));
        }

        foreach (var person in people)
        {
            Assert.Equal(peace.SelectMany(turn => turn), TextsTo(person));
        }
    }

    private async Task<IReadOnlyList<IReadOnlyList<string>>> TalkInPeaceAsync(string person)
    {
        var turns = new List<IReadOnlyList<string>>();
        foreach (var text in Talk)
        {
            var before = TextsTo(person).Count;
            await WriteAsync(person, text, turns.Count);
            await ReadAsync([person], before + 1);
            await Eventually.BecomesTrueAsync("an empty outbox", async () =>
                (await StaffClient.MetricsAsync(_servers[0])).GetProperty("outbox").EnumerateObject().Sum(stream => stream.Value.GetInt32()) == 0);
            turns.Add([.. TextsTo(person).Skip(before)]);
        }

        return turns;
    }

    private Task ReadAsync(IReadOnlyList<string> people, int count) =>
        Provider.WaitForSentAsync(sent => people.All(person => sent.Count(m => m.To == person) >= count), Eventually.Limit);

    private List<string> TextsTo(string person) => [.. Provider.Sent.Where(m => m.To == person).Select(m => m.Body)];

    /// <summary>As behind a load balancer: a copy that does not answer is left out, and the provider tries again.</summary>
    private async Task WriteAsync(string person, string text, int n)
    {
        var message = Provider.Write(person, SmsLine.Number, text);
        await Eventually.BecomesTrueAsync("a webhook that is answered with 200", async () =>
        {
            var server = _servers[n++ % _servers.Count];
            Provider.DeliverTo = server.PublicUrl;
            try
            {
                using var answer = await Provider.DeliverAsync(message, Receive);
                return answer.StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    private async Task StartAsync()
    {
        var server = new ServerProcess(new Dictionary<string, string>
        {
            ["Conversations__Store"] = "redis",
            ["Conversations__Redis"] = redis.Connection,
            ["Privacy__KeyRing"] = Path.Combine(_shared.FullName, "keyring"),
            ["Privacy__PepperFile"] = Path.Combine(_shared.FullName, "pepper"),
            ["Twilio__Channels__0__Name"] = "sms",
            ["Twilio__Channels__0__AccountSid"] = Provider.AccountSid,
            ["Twilio__Channels__0__AuthToken"] = Provider.AuthToken,
            ["Twilio__Channels__0__From"] = SmsLine.Number,
            ["Twilio__Channels__0__PublicUrl"] = SmsLine.Public,
            ["Twilio__Channels__0__ApiUrl"] = Provider.Url,
            ["Twilio__Channels__0__OutageText"] = "We have your message.",
        });
        foreach (var file in new[] { "keys.db", "cases.db" })
        {
            File.CreateSymbolicLink(Path.Combine(server.Data, file), Path.Combine(_shared.FullName, file));
        }

        _servers.Add(server);
        await server.StartAsync();
    }
}
