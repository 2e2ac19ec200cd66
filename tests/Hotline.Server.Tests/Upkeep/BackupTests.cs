using System.Text.Json.Nodes;
using Hotline.Server.Tests.EndToEnd;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Hotline.Server.Tests.Upkeep;

/// <summary>Back-ups of a running server, put back into another folder.</summary>
public sealed class BackupTests : IDisposable
{
    private const string Danger = "help they locked the door and beat me";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hotline-backup-");

    [Fact]
    public async Task TakenUnderLoad_PutBackElsewhere_EverybodyGoesOnWhereTheyWere()
    {
        await using var line = await SmsLine.StartAsync();
        var settled = Enumerable.Range(0, 6).Select(n => $"+6680000060{n}").ToList();
        foreach (var person in settled)
        {
            await line.WriteAsync(person, "hello");
            await line.WaitForTextsAsync(person, 1);
        }

        await line.WriteAsync("+66800000610", Danger);
        await Eventually.BecomesTrueAsync("an empty outbox", () => Task.FromResult(line.OutboxCount() == 0));

        using var end = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(async () =>
        {
            for (var i = 0; !end.IsCancellationRequested; i++)
            {
                await line.WriteAsync($"+6680001{n}{i:D4}", i % 2 == 0 ? "hello" : Danger);
            }
        })));
        var (code, said) = await line.Server.CommandAsync("backup", Path("day"));
        Assert.True(code == 0, said);
        Assert.Contains("not after", said, StringComparison.Ordinal);
        await end.CancelAsync();
        await load;
        await line.Server.StopAsync();

        line.Server.Set("Data__Path", Path("restored"));
        (code, said) = await line.Server.CommandAsync("restore", Path("day"));
        Assert.True(code == 0, said);
        Assert.True(Count(Path("restored/conversations.db"), "SELECT count(*) FROM conversation") >= 7);
        Assert.Equal(1, Count(Path("restored/cases.db"), "SELECT min(1, count(*)) FROM ticket"));
        await line.Server.StartAsync();
        foreach (var person in settled)
        {
            var before = line.TextsTo(person).Count;
            await line.WriteAsync(person, "1"); // answers the menu, which only a remembered conversation can
            await line.WaitForTextsAsync(person, before + 1);
            Assert.DoesNotContain(line.TextsTo(person)[0], line.TextsTo(person).Skip(before));
        }

        Assert.DoesNotContain("cannot be opened", line.Server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWaitedThen_AndWentOutSince_IsNotSentAgain()
    {
        await using var line = await SmsLine.StartAsync(new Dictionary<string, string> { ["Conversations__OutboxPaused"] = "true" });
        string[] people = ["+66800000621", "+66800000622"];
        foreach (var person in people)
        {
            await line.WriteAsync(person, "hello");
        }

        var waited = line.OutboxCount();
        Assert.True(waited > 0);
        Assert.Equal(0, (await line.Server.CommandAsync("backup", Path("day"), "--keys", Path("keys-day"))).Code);
        Assert.False(Directory.Exists(Path("day/keys")));
        await line.Server.StopAsync();
        line.Server.Set("Conversations__OutboxPaused", "false");
        await line.Server.StartAsync();
        await Eventually.BecomesTrueAsync("an empty outbox", () => Task.FromResult(line.OutboxCount() == 0));
        var sent = people.ToDictionary(p => p, p => line.TextsTo(p));
        await line.Server.StopAsync();

        line.Server.Set("Data__Path", Path("restored"));
        var (code, said) = await line.Server.CommandAsync("restore", Path("day"), "--keys", Path("keys-day"));
        Assert.True(code == 0, said);
        Assert.Equal(waited, Count(Path("restored/conversations.db"), "SELECT count(*) FROM outbox"));
        await line.Server.StartAsync();
        await Eventually.BecomesTrueAsync(
            "an empty outbox", () => Task.FromResult(Count(Path("restored/conversations.db"), "SELECT count(*) FROM outbox") == 0));
        Assert.All(people, person => Assert.Equal(sent[person], line.TextsTo(person)));
    }

    [Fact]
    public async Task BadBackups_AndFullFolders_AreRefused_AndNothingIsWritten()
    {
        await using var line = await SmsLine.StartAsync();
        await line.WriteAsync("+66800000631", "hello");
        await line.WaitForTextsAsync("+66800000631", 1);
        Assert.Equal(0, (await line.Server.CommandAsync("backup", Path("day"))).Code);
        Assert.Equal(0, (await line.Server.CommandAsync("backup", Path("other"))).Code);
        var (code, said) = await line.Server.CommandAsync("backup", Path("day"));
        Assert.Equal(2, code);
        Assert.Contains("not empty", said, StringComparison.Ordinal);
        (code, said) = await line.Server.CommandAsync("restore", Path("day"));
        Assert.Equal(2, code);
        Assert.Contains("Data:Path is not empty", said, StringComparison.Ordinal);
        await line.Server.StopAsync();

        line.Server.Set("Data__Path", Path("target"));
        await RefusesAsync(line.Server, "day", "conversations.db is damaged", folder => Flip(System.IO.Path.Combine(folder, "conversations.db")));
        await RefusesAsync(line.Server, "day", "keys.db is damaged", folder => Flip(System.IO.Path.Combine(folder, "keys", "keys.db")));
        await RefusesAsync(line.Server, "day", "cases.db is missing", folder => File.Delete(System.IO.Path.Combine(folder, "cases.db")));
        await RefusesAsync(line.Server, "day", "not finished", folder => File.Delete(System.IO.Path.Combine(folder, "manifest.json")));
        await RefusesAsync(line.Server, "day", "not finished", folder => File.Delete(System.IO.Path.Combine(folder, "keys", "manifest.json")));
        await RefusesAsync(line.Server, "day", "is damaged", folder => Cut(System.IO.Path.Combine(folder, "manifest.json")));
        await RefusesAsync(line.Server, "day", "have expired", folder => Edit(folder, "keys", m => m["expires"] = "2026-01-01T00:00:00+00:00"));
        await RefusesAsync(line.Server, "day", "leads out", folder => Edit(folder, "", m => m["files"]![0]!["path"] = "../../stolen"));
        await RefusesAsync(line.Server, "day", "of form 2", folder => Edit(folder, "", m => m["form"] = 2));
        await RefusesAsync(line.Server, "day", "not the two halves", folder => Replace(System.IO.Path.Combine(folder, "keys"), Path("other/keys")));
        await RefusesAsync(line.Server, "day", "is not there", folder => Directory.Delete(System.IO.Path.Combine(folder, "keys"), recursive: true));

        // a restore that was cut off is never started
        Directory.CreateDirectory(Path("target"));
        await File.WriteAllTextAsync(Path("target/restore-unfinished"), "");
        Assert.Equal(2, await line.Server.RunToEndAsync());
        Assert.Contains("cut off", line.Server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysOfAnEarlierDay_AreRemovedWhenTheirTimeIsOver()
    {
        await using var line = await SmsLine.StartAsync();
        await line.WriteAsync("+66800000641", "hello");
        await line.WaitForTextsAsync("+66800000641", 1);
        foreach (var day in (string[])["1", "2", "3"])
        {
            Assert.Equal(0, (await line.Server.CommandAsync("backup", Path(day))).Code);
        }

        Edit(Path("1"), "keys", m => m["expires"] = "2026-01-01T00:00:00+00:00");
        var (code, said) = await line.Server.CommandAsync("backup", Path("4"));
        Assert.True(code == 0, said);
        Assert.Contains("expired keys, removed", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path("1/keys")));
        Assert.True(File.Exists(Path("1/conversations.db")));
        Assert.True(File.Exists(Path("2/keys/keys.db")));
        Assert.True(File.Exists(Path("4/keys/keys.db")));
    }

    [Fact]
    public async Task ALineThatNobodyHasWrittenTo_IsBackedUpAndPutBack_Too()
    {
        await using var server = new ServerProcess();
        await server.StartAsync();
        var (code, said) = await server.CommandAsync("doctor");
        Assert.True(code == 0, said);
        (code, said) = await server.CommandAsync("backup", Path("day"));
        Assert.True(code == 0, said);
        await server.StopAsync();
        server.Set("Data__Path", Path("restored"));
        (code, said) = await server.CommandAsync("restore", Path("day"));
        Assert.True(code == 0, said);
        await server.StartAsync();
    }

    [Fact]
    public async Task NothingThere_AndNoPlace_AreSaidPlainly()
    {
        await using var server = new ServerProcess();
        Assert.Equal(2, (await server.CommandAsync("backup", Path("day"))).Code);
        Assert.Equal(2, (await server.CommandAsync("backup")).Code);
        Assert.Equal(2, (await server.CommandAsync("restore", Path("nowhere"))).Code);
        Assert.False(Directory.Exists(Path("day")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    /// <summary>Spoils a copy of a back-up and expects the refusal, with an empty target.</summary>
    private async Task RefusesAsync(ServerProcess server, string backup, string says, Action<string> spoil)
    {
        var spoiled = Path("spoiled");
        Replace(spoiled, Path(backup));
        spoil(spoiled);
        var (code, said) = await server.CommandAsync("restore", spoiled);
        Assert.Equal(2, code);
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path("target")));
    }

    private static void Replace(string target, string source)
    {
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(target, System.IO.Path.GetRelativePath(source, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!); // a file always has a folder
            File.Copy(file, copy);
        }
    }

    private static void Flip(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = stream.Length / 2;
        var old = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(old ^ 1));
    }

    private static void Cut(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.SetLength(stream.Length / 2);
    }

    private static void Edit(string backup, string half, Action<JsonNode> change)
    {
        var file = System.IO.Path.Combine(backup, half, "manifest.json");
        var manifest = JsonNode.Parse(File.ReadAllText(file))!; // the server wrote it
        change(manifest);
        File.WriteAllText(file, manifest.ToJsonString());
    }

    private static long Count(string file, string question)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = question;
        return (long)command.ExecuteScalar()!; // counts are never null
    }
}
