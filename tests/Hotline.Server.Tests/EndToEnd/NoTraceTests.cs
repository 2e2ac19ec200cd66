using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hotline.Server.Tests.Channels.Twilio.Fake;
using Hotline.Server.Tests.Storage.Redis;
using Hotline.Server.Tests.Upkeep;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Hotline.Server.Tests.EndToEnd;

/// <summary>
/// A full run with everything that goes right and wrong, and then a search through every file, every row, every value
/// that Redis was ever told, the back-up, and all that the server said: no word, no number, no name of a person.
/// </summary>
public sealed class NoTraceTests
{
    private const string Receive = SmsLine.Public + "/channels/twilio/sms/receive";

    /// <summary>Each stands in something that a person wrote, or is where the person writes from.</summary>
    private static readonly string[] Secrets =
    [
        "Somchai Jaidee", "zanzibarpier", "ล็อกประตูไว้", "ចាក់សោទ្វារ", "တံခါးပိတ်ထားတယ်", "66800001101", "66800001102", "66800001103", "66800001104",
        "66800001105", "forgedwords", "brokenwords", "Malee of Vientiane", "webchatwords", "spooledwords",
    ];

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task AfterAFullRun_NothingHoldsAWordANumberOrAName(string kind)
    {
        Skip.If(kind == "redis" && !File.Exists("/usr/bin/redis-server") && Environment.GetEnvironmentVariable("CI") != "true", "redis-server is not installed");
        await using var redis = kind == "redis" ? await RedisServer.StartAsync() : null;
        var settings = new Dictionary<string, string> { ["Conversations__Store"] = kind };
        if (redis is not null)
        {
            settings["Conversations__Redis"] = redis.Connection;
        }

        using var folder = new TemporaryFolder();
        await using var line = await SmsLine.StartAsync(settings);
        await TalkAsync(line);
        await SpoilAsync(line);
        await ChatAsync(line.Server);

        // the store goes away: what comes in lies in the spool now
        await using (await AwayAsync(line.Server, redis))
        {
            await line.WriteAsync("+66800001105", "spooledwords Somchai Jaidee");
            Assert.NotEmpty(Directory.GetFiles(Path.Combine(line.Server.Data, "spool"), "*.msg"));
            Assert.Empty(FindIn(line.Server.Data));
        }

        await line.WaitForTextsAsync("+66800001105", 1);
        var (code, said) = await line.Server.CommandAsync("backup", folder.Under("day"));
        Assert.True(code == 0, said);
        var (_, doctor) = await line.Server.CommandAsync("doctor");
        var metrics = await StaffClient.MetricsAsync(line.Server);
        await line.Server.StopAsync();

        Assert.Empty(FindIn(line.Server.Data));
        Assert.Empty(FindIn(folder.Under("day")));
        Assert.Empty(FindInRows(line.Server.Data));
        Assert.Empty(Find(Encoding.UTF8.GetBytes(line.Server.Output + said + doctor + metrics)));
        if (redis is not null)
        {
            Assert.True(long.Parse(await redis.AskAsync("DBSIZE"), System.Globalization.CultureInfo.InvariantCulture) > 10);
            await redis.KillAsync();
            Assert.Contains(Directory.EnumerateFiles(redis.Folder, "*.aof", SearchOption.AllDirectories), file => new FileInfo(file).Length > 10_000);
            Assert.Empty(FindIn(redis.Folder)); // the log of all commands, uncompressed
        }
    }

    [Fact]
    public void TheSearch_FindsWhatIsThere_InEveryForm()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, body) in new (string, byte[])[]
        {
            ("utf8", Encoding.UTF8.GetBytes("x တံခါးပိတ်ထားတယ် y")),
            ("utf16", Encoding.Unicode.GetBytes("x webchatwords y")),
            ("escaped", Encoding.ASCII.GetBytes(JsonSerializer.Serialize("ล็อกประตูไว้"))),
            ("base64", Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes("?forgedwords!")))),
            ("hex", Encoding.ASCII.GetBytes(Convert.ToHexString(Encoding.UTF8.GetBytes("66800001101")))),
        })
        {
            File.WriteAllBytes(folder.Under(name), body);
        }

        Assert.Equal(5, FindIn(folder.Under("")).Count);
        File.WriteAllText(folder.Under("66800001102.txt"), "");
        Assert.Equal(6, FindIn(folder.Under("")).Count);
    }

    private static async Task TalkAsync(SmsLine line)
    {
        foreach (var (person, text) in new[]
        {
            ("+66800001101", "hello"), ("+66800001101", "my name is Somchai Jaidee, at zanzibarpier they locked the door and beat me"),
            ("+66800001102", "เขาล็อกประตูไว้ ช่วยด้วย"), ("+66800001103", "ជួយផង គេចាក់សោទ្វារ"), ("+66800001104", "တံခါးပိတ်ထားတယ် ကယ်ပါ"),
            ("+66800001103", "DELETE"), ("+66800001103", "1"), ("+66800001104", "STOP"), ("+66800001104", "START"), ("+66800001102", "HIDE"),
        })
        {
            await line.WriteAsync(person, text);
        }

        await line.WaitForTextsAsync("+66800001101", 2);
    }

    /// <summary>Forgeries, broken forms, refused and unknown sends: whatever is logged is logged now.</summary>
    private static async Task SpoilAsync(SmsLine line)
    {
        line.Provider.Troubles.Enqueue(new FakeTrouble.Refuse(400, 21211));
        line.Provider.Troubles.Enqueue(new FakeTrouble.ServerError(Accepted: true));
        line.Provider.Troubles.Enqueue(new FakeTrouble.Drop(Accepted: false));
        await line.WriteAsync("+66800001101", "zanzibarpier");
        await line.WriteAsync("+66800001102", "HELP");
        for (var i = 0; i < 8; i++)
        {
            var forged = line.Provider.Write("+66800001102", SmsLine.Number, "forgedwords");
            using var refused = await line.Provider.PostAsync(Receive, line.Provider.FormOf(forged), signature: "AAAA");
            Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.StatusCode);
        }

        using var broken = await line.Provider.PostAsync(Receive, [new("Body", "brokenwords"), new("From", "+66800001102")]);
        Assert.False(broken.IsSuccessStatusCode);
    }

    private static async Task ChatAsync(ServerProcess server)
    {
        using var http = new HttpClient();
        using var token = await http.PostAsync($"{server.PublicUrl}/v3/directline/tokens/generate", null);
        using var json = JsonDocument.Parse(await token.Content.ReadAsStringAsync());
        http.DefaultRequestHeaders.Authorization = new("Bearer", json.RootElement.GetProperty("token").GetString());
        using var chat = await http.PostAsync($"{server.PublicUrl}/v3/directline/conversations", null);
        using var opened = JsonDocument.Parse(await chat.Content.ReadAsStringAsync());
        var activities = $"{server.PublicUrl}/v3/directline/conversations/{opened.RootElement.GetProperty("conversationId").GetString()}/activities";
        using var posted = await http.PostAsJsonAsync(activities, new
        {
            type = "message",
            from = new { id = "dl_person", name = "Malee of Vientiane" },
            text = "webchatwords they took my passport and locked the door",
        });
        posted.EnsureSuccessStatusCode();
        using var broken = await http.PostAsync(activities, new StringContent("{\"type\":\"message\",\"text\":\"brokenwords", Encoding.UTF8, "application/json"));
        Assert.False(broken.IsSuccessStatusCode);
    }

    /// <summary>Takes the store away until it is disposed.</summary>
    private static async Task<IAsyncDisposable> AwayAsync(ServerProcess server, RedisServer? redis)
    {
        if (redis is not null)
        {
            await redis.FreezeAsync();
            return new Back(async () => await redis.ContinueAsync());
        }

        var holding = new SqliteConnection($"Data Source={Path.Combine(server.Data, "conversations.db")};Pooling=False");
        await holding.OpenAsync();
        using var command = holding.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return new Back(async () => await holding.DisposeAsync());
    }

    /// <summary>All files but the lock of a running server, which is empty and lets nobody in.</summary>
    private static List<string> FindIn(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).SelectMany(file =>
            Find([.. Read(file), .. Encoding.UTF8.GetBytes(Path.GetFileName(file))]).Select(found => $"{Path.GetFileName(file)}: {found}")),
    ];

    private static byte[] Read(string file)
    {
        // not by FileStream: a server that holds a file for itself would keep us out, and cat does not ask
        using var cat = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("cat", [file]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("cat did not start");
        using var copy = new MemoryStream();
        cat.StandardOutput.BaseStream.CopyTo(copy);
        cat.WaitForExit();
        Assert.Equal(0, cat.ExitCode);
        return copy.ToArray();
    }

    /// <summary>Every column of every row of every database: a row may be cut in two by the pages of its file.</summary>
    private static List<string> FindInRows(string folder)
    {
        var found = new List<string>();
        var rows = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*.db"))
        {
            using var connection = new SqliteConnection($"Data Source={file};Mode=ReadWrite;Pooling=False");
            connection.Open();
            foreach (var table in Ask(connection, "SELECT name FROM sqlite_master WHERE type = 'table'").Select(row => (string)row[0]))
            {
                foreach (var row in Ask(connection, $"SELECT * FROM \"{table}\""))
                {
                    rows++;
                    found.AddRange(row.SelectMany(value => Find(value as byte[] ?? Encoding.UTF8.GetBytes(value.ToString() ?? ""))).Select(s => $"{Path.GetFileName(file)} {table}: {s}"));
                }
            }
        }

        Assert.True(rows > 50, "the run left nothing to search");
        return found;
    }

    private static List<object[]> Ask(SqliteConnection connection, string question)
    {
        using var command = connection.CreateCommand();
        command.CommandText = question;
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    private static IEnumerable<string> Find(byte[] body) => Secrets.Where(secret => Forms(secret).Any(form => body.AsSpan().IndexOf(form) >= 0));

    /// <summary>The ways in which a text may lie about: UTF-8, UTF-16, JSON escapes, hex, and base64 at each of three offsets.</summary>
    private static IEnumerable<byte[]> Forms(string secret)
    {
        var utf8 = Encoding.UTF8.GetBytes(secret);
        yield return utf8;
        yield return Encoding.Unicode.GetBytes(secret);
        yield return Encoding.ASCII.GetBytes(JsonSerializer.Serialize(secret).Trim('"'));
        yield return Encoding.ASCII.GetBytes(Convert.ToHexString(utf8));
        yield return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(utf8));
        for (var shift = 0; shift < 3; shift++)
        {
            // whole groups only: the first and the last one depend on what stands around
            var skip = (3 - shift) % 3;
            var whole = (utf8.Length - skip) / 3 * 3;
            yield return Encoding.ASCII.GetBytes(Convert.ToBase64String(utf8, skip, whole));
        }
    }

    private sealed class Back(Func<Task> back) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await back();
    }
}
