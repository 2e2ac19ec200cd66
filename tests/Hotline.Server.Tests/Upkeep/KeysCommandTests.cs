using System.Xml.Linq;
using Hotline.Server.Tests.EndToEnd;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Hotline.Server.Tests.Upkeep;

/// <summary>The master keys by hand, on real processes: a folder that rotates, and a mounted file.</summary>
public sealed class KeysCommandTests
{
    [Fact]
    public async Task Rotate_OldDataStaysReadable_NewDataIsUnderTheNewKey_AndAfterARewrapTheOldKeyMayGo()
    {
        await using var line = await SmsLine.StartAsync();
        await line.WriteAsync("+66800000501", "hello");
        await line.WaitForTextsAsync("+66800000501", 1);
        var old = Assert.Single(Wrapping(line.Server));

        // while the server runs
        var (code, said) = await line.Server.CommandAsync("keys", "rotate");
        Assert.True(code == 0, said);
        await line.Server.StopAsync();
        await line.Server.StartAsync();
        await line.WriteAsync("+66800000502", "hello");
        await AnswersAsync(line, "+66800000501", "+66800000502");
        var young = Assert.Single(Wrapping(line.Server), key => key != old);
        Assert.Contains(young.ToString(), said, StringComparison.Ordinal);

        (code, said) = await line.Server.CommandAsync("keys", "rewrap");
        Assert.True(code == 0, said);
        Assert.Equal([young], Wrapping(line.Server));
        (_, said) = await line.Server.CommandAsync("keys", "list");
        Assert.Contains($"{old}  made", said, StringComparison.Ordinal);
        Assert.Contains("data keys 0", said, StringComparison.Ordinal);

        await line.Server.StopAsync();
        File.Delete(Path.Combine(line.Server.Data, "keyring", $"key-{old}.xml"));
        await line.Server.StartAsync();
        await AnswersAsync(line, "+66800000501", "+66800000502");
    }

    [Fact]
    public async Task AMountedFile_IsOnlyRead_AndRotatesIntoANewFile()
    {
        await using var line = await SmsLine.StartAsync();
        await line.WriteAsync("+66800000505", "hello");
        await line.WaitForTextsAsync("+66800000505", 1);
        await line.Server.StopAsync();
        var folder = Path.Combine(line.Server.Data, "keyring");
        var secret = Path.Combine(line.Server.Data, "secret.xml");
        var second = Path.Combine(line.Server.Data, "second.xml");
        new XDocument(new XElement("keyRing", Directory.GetFiles(folder, "*.xml").Select(f => XElement.Load(f)))).Save(secret);
        Directory.Delete(folder, recursive: true);
        var before = await File.ReadAllBytesAsync(secret);

        line.Server.Set("Privacy__KeyRing", secret);
        await line.Server.StartAsync();
        await AnswersAsync(line, "+66800000505", "+66800000506");
        Assert.Equal(before, await File.ReadAllBytesAsync(secret));
        Assert.False(Directory.Exists(folder));

        var (code, said) = await line.Server.CommandAsync("keys", "rotate");
        Assert.Equal(2, code);
        Assert.Contains("--out", said, StringComparison.Ordinal);
        (code, said) = await line.Server.CommandAsync("keys", "rotate", "--out", second);
        Assert.True(code == 0, said);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(second) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        (code, _) = await line.Server.CommandAsync("keys", "rotate", "--out", second);
        Assert.Equal(2, code); // never over a ring

        await line.Server.StopAsync();
        line.Server.Set("Privacy__KeyRing", second);
        await line.Server.StartAsync();
        await AnswersAsync(line, "+66800000505", "+66800000507");
        Assert.Equal(2, Wrapping(line.Server).Count);
    }

    [Theory]
    [InlineData("<keyRing/>", "holds no master key")]
    [InlineData("<keyRing><key id=", "cannot be read as a key ring")]
    [InlineData(null, "cannot be read as a key ring")]
    public async Task AMountedFile_ThatIsNone_StopsTheStart(string? text, string says)
    {
        await using var server = new ServerProcess();
        var secret = Path.Combine(server.Data, "ring.xml");
        if (text is not null)
        {
            await File.WriteAllTextAsync(secret, text);
        }

        server.Set("Privacy__KeyRing", secret);
        Assert.Equal(2, await server.RunToEndAsync());
        Assert.Contains(says, server.Output, StringComparison.Ordinal);
        Assert.Contains("Privacy:KeyRing", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownCommands_AndALostStore_AreSaidPlainly_AndNothingIsMade()
    {
        await using var server = new ServerProcess();
        Assert.Equal(2, (await server.CommandAsync("backup-everything")).Code);
        Assert.Equal(2, (await server.CommandAsync("keys", "burn")).Code);
        var (code, said) = await server.CommandAsync("keys", "list");
        Assert.Equal(2, code);
        Assert.Contains("keys.db", said, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(server.Data, "keys.db")));
    }

    /// <summary>Both conversations go on: the old one is remembered, and a new one can be made.</summary>
    private static async Task AnswersAsync(SmsLine line, string old, string other)
    {
        foreach (var person in (string[])[old, other])
        {
            var before = line.TextsTo(person).Count;
            await line.WriteAsync(person, "menu");
            await line.WaitForTextsAsync(person, before + 1);
        }

        Assert.DoesNotContain("cannot be opened", line.Server.Output, StringComparison.Ordinal);
    }

    /// <summary>The master keys under which data keys are wrapped now.</summary>
    private static HashSet<Guid> Wrapping(ServerProcess server)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(server.Data, "keys.db")};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT wrapped FROM key";
        using var reader = command.ExecuteReader();
        var found = new HashSet<Guid>();
        while (reader.Read())
        {
            found.Add(new Guid(reader.GetFieldValue<byte[]>(0).AsSpan(4, 16)));
        }

        return found;
    }
}
