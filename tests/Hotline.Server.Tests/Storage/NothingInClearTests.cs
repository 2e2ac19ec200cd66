using System.Text;
using Hotline.Conversations;
using Hotline.Server.Privacy;
using Hotline.Server.Storage;
using Hotline.Server.Turns;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Hotline.Server.Tests.Storage;

/// <summary>What was sealed is in no file of the data folder, neither while the store is open nor afterwards.</summary>
public sealed class NothingInClearTests : IDisposable
{
    private static readonly string[] Secrets = ["ជួយខ្ញុំផង ទ្វារចាក់សោ", "they took my passport", "tel:+66812345678"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hotline-clear-");

    [Fact]
    public async Task SealedTexts_AreInNoFile()
    {
        using var keys = new KeyStore(Under("keys.db"), DataProtectionProvider.Create(_folder.CreateSubdirectory("keyring")));
        var names = new Pseudonyms(PepperFile.ReadOrMake(Under("pepper")));
        var store = new SqliteConversationStore(
            new(Under("conversations.db"), TimeSpan.FromDays(30)), TimeProvider.System, NullLogger<SqliteConversationStore>.Instance);
        await CommitAsync(store, names, async text => (await keys.ForContactAsync(names.For(new Urn(Secrets[2])), default)).Seal(Encoding.UTF8.GetBytes(text), "test"));
        Assert.Empty(FindSecrets());
        await store.DisposeAsync();
        Assert.Empty(FindSecrets());
    }

    [Fact]
    public async Task TheSearch_FindsATextThatWasNotSealed()
    {
        await using var store = new SqliteConversationStore(
            new(Under("conversations.db"), TimeSpan.FromDays(30)), TimeProvider.System, NullLogger<SqliteConversationStore>.Instance);
        await CommitAsync(store, new Pseudonyms(new byte[32]), text => Task.FromResult(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(Secrets.Order(), FindSecrets().Distinct().Order());
    }

    [Fact]
    public async Task ErasedRows_AreInNoFile()
    {
        await using var store = new SqliteConversationStore(
            new(Under("conversations.db"), TimeSpan.FromDays(30)), TimeProvider.System, NullLogger<SqliteConversationStore>.Instance);
        var names = new Pseudonyms(new byte[32]);
        await CommitAsync(store, names, text => Task.FromResult(Encoding.UTF8.GetBytes(text)));
        await store.EraseAsync(new("sms", names.For(new Urn(Secrets[2]))), default);
        Assert.Empty(FindSecrets());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task CommitAsync(SqliteConversationStore store, Pseudonyms names, Func<string, Task<byte[]>> seal)
    {
        var contact = names.For(new Urn(Secrets[2]));
        for (var version = 0; version < Secrets.Length; version++)
        {
            var body = await seal(Secrets[version]);
            var id = new ConversationId(new string('a', 32));
            Assert.IsType<CommitOutcome.Committed>(await store.CommitAsync(
                new TurnCommit
                {
                    Address = new("sms", contact),
                    Id = id,
                    ExpectedVersion = version,
                    State = body,
                    SeenKey = names.SeenKey("sms", contact, $"SM{version}"),
                    Transcript = [new(EventId.Of(id, version, 0), DateTimeOffset.UnixEpoch, body)],
                    Outbox = [new(EventId.Of(id, version, 1), OutboxStream.Reply, body)],
                    Log = [body],
                    Now = DateTimeOffset.UnixEpoch,
                },
                default));
        }
    }

    private string Under(string name) => Path.Combine(_folder.FullName, name);

    private List<string> FindSecrets()
    {
        var found = new List<string>();
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.Length > 0))
        {
            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            found.AddRange(Secrets.Where(secret =>
                bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0
                || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(secret)) >= 0
                || file.Name.Contains(secret, StringComparison.Ordinal)));
        }

        return found;
    }
}
