using System.Net;
using Hotline.Server.Tests.Channels.Twilio.Fake;
using Microsoft.Data.Sqlite;

namespace Hotline.Server.Tests.EndToEnd;

/// <summary>A server with one SMS number, configured only by environment variables, and the provider that it talks to.</summary>
internal sealed class SmsLine : IAsyncDisposable
{
    public const string Number = "+12025550100";
    public const string Public = "https://line.example.org";
    private const string Receive = Public + "/channels/twilio/sms/receive";

    private SmsLine(FakeTwilio provider, ServerProcess server)
    {
        Provider = provider;
        Server = server;
    }

    public FakeTwilio Provider { get; }

    public ServerProcess Server { get; }

    public static async Task<SmsLine> StartAsync(IReadOnlyDictionary<string, string>? more = null)
    {
        var provider = await FakeTwilio.StartAsync();
        var settings = new Dictionary<string, string>(more ?? new Dictionary<string, string>())
        {
            ["Twilio__Channels__0__Name"] = "sms",
            ["Twilio__Channels__0__AccountSid"] = provider.AccountSid,
            ["Twilio__Channels__0__AuthToken"] = provider.AuthToken,
            ["Twilio__Channels__0__From"] = Number,
            ["Twilio__Channels__0__PublicUrl"] = Public,
            ["Twilio__Channels__0__ApiUrl"] = provider.Url,
            ["Twilio__Channels__0__MessagesPerSecond"] = "100",
            ["Twilio__Channels__0__OutageText"] = "We have your message.",
        };
        var server = new ServerProcess(settings);
        await server.StartAsync();
        provider.DeliverTo = server.PublicUrl;
        return new(provider, server);
    }

    /// <summary>A person writes and the webhook is answered with 200.</summary>
    public async Task<FakeMessage> WriteAsync(string from, string text)
    {
        var message = Provider.Write(from, Number, text);
        await DeliverAsync(message);
        return message;
    }

    /// <summary>Delivers until it is answered with 200, as a provider with <c>rc=3&amp;rp=all</c> does.</summary>
    public Task DeliverAsync(FakeMessage message) => Eventually.BecomesTrueAsync("a webhook that is answered with 200", async () =>
    {
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

    /// <summary>What reached this person so far, in order.</summary>
    public IReadOnlyList<string> TextsTo(string person) => [.. Provider.Sent.Where(m => m.To == person).Select(m => m.Body)];

    public async Task<IReadOnlyList<string>> WaitForTextsAsync(string person, int count)
    {
        await Provider.WaitForSentAsync(sent => sent.Count(m => m.To == person) >= count, Eventually.Limit);
        return TextsTo(person);
    }

    /// <summary>What is left to deliver, read from the server's own file.</summary>
    public long OutboxCount() => Ask("SELECT count(*) FROM outbox");

    /// <summary>Parts that went out without our knowing what became of them.</summary>
    public long UnsettledCount() => Ask("SELECT count(*) FROM part WHERE attempted IS NOT NULL AND provider IS NULL");

    /// <summary>What is left to deliver, as the server counts it.</summary>
    public async Task<int> OutboxCountAsync()
    {
        var metrics = await StaffClient.MetricsAsync(Server);
        return metrics.GetProperty("outbox").EnumerateObject().Sum(stream => stream.Value.GetInt32());
    }

    private long Ask(string question)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Server.Data, "conversations.db")};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = question;
        return (long)command.ExecuteScalar()!; // count is never null
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
