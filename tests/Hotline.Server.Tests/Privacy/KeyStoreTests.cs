using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Hotline.Conversations;
using Hotline.Server.Privacy;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Hotline.Server.Tests.Privacy;

public sealed class KeyStoreTests : IDisposable
{
    private static readonly ContactKey Person = new(new string('a', 64));

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hotline-keys-");

    [Fact]
    public async Task Key_AfterARestart_OpensWhatItSealed()
    {
        byte[] sealedText;
        using (var keys = Open())
        {
            sealedText = (await keys.ForContactAsync(Person, default)).Seal("ຊ່ວຍ"u8, "line");
        }

        using var again = Open();
        Assert.Equal("ຊ່ວຍ", Encoding.UTF8.GetString((await again.ForContactAsync(Person, default)).Open(sealedText, "line")));
    }

    [Fact]
    public async Task Key_AskedForByManyAtOnce_IsOne()
    {
        using var keys = Open();
        var seals = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () => await keys.ForContactAsync(Person, default))));
        var text = seals[0].Seal("x"u8, "line");
        Assert.All(seals, seal => Assert.Equal("x"u8.ToArray(), seal.Open(text, "line")));
    }

    [Fact]
    public async Task Erase_DestroysWhatWasSealed_AlsoInTheFile()
    {
        using var keys = Open();
        var sealedText = (await keys.ForContactAsync(Person, default)).Seal("secret"u8, "line");
        Assert.Null(await keys.ErasedAtAsync(Person, default));
        await keys.EraseAsync(Person, Now, default);
        Assert.Equal(Now, await keys.ErasedAtAsync(Person, default));
        var fresh = await keys.ForContactAsync(Person, default);
        Assert.ThrowsAny<CryptographicException>(() => fresh.Open(sealedText, "line"));
    }

    [Fact]
    public async Task RingRotatedByAnother_IsReadAgain_WhenARowAsksForIt()
    {
        var ring = new MasterKeys(Path.Combine(_folder.FullName, "ring"));
        var file = Path.Combine(_folder.FullName, "keys.db");
        var other = new ContactKey(new string('b', 64));
        ring.Rotate(TimeProvider.System.GetUtcNow());
        var before = _folder.CreateSubdirectory("before"); // the ring as a process holds it that read it hours ago
        File.Copy(Directory.GetFiles(ring.Path).Single(), Path.Combine(before.FullName, "key.xml"));
        var asItWas = new MasterKeys(before.FullName).Read();
        using var running = new KeyStore(file, asItWas, ring.Read);
        using var deaf = new KeyStore(file, asItWas);
        var sealedText = (await running.ForContactAsync(Person, default)).Seal("x"u8, "line");
        ring.Rotate(TimeProvider.System.GetUtcNow());
        using (var started = new KeyStore(file, ring.Read()))
        {
            Assert.Equal("x"u8.ToArray(), (await started.ForContactAsync(Person, default)).Open(sealedText, "line"));
            await started.ForContactAsync(other, default);
        }

        Assert.Equal(2, (await running.CountByMasterKeyAsync(default)).Count);
        await Assert.ThrowsAsync<KeyUnavailableException>(async () => await deaf.ForContactAsync(other, default));
        await running.ForContactAsync(other, default);
        Assert.Equal(0, await running.RewrapAsync(default));
        Assert.Single(await running.CountByMasterKeyAsync(default));
    }

    [Fact]
    public async Task Erasure_NamesTheDay_WhenTheLastBackupThatHoldsTheKeyExpires()
    {
        using var keys = Open();
        var day = new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);
        await keys.ForContactAsync(Person, CancellationToken.None);
        Assert.Null(await keys.ErasureAsync(Person, CancellationToken.None));
        await keys.NoteBackupAsync(day, CancellationToken.None);
        await keys.NoteBackupAsync(day.AddDays(1), CancellationToken.None);
        await keys.EraseAsync(Person, day.AddDays(1.5), CancellationToken.None);
        await keys.NoteBackupAsync(day.AddDays(2), CancellationToken.None); // without the key
        Assert.Equal(new Erasure(day.AddDays(1.5), day.AddDays(8)), await keys.ErasureAsync(Person, CancellationToken.None));
    }

    [Fact]
    public async Task Erase_LeavesNothingOfTheWrappedKeyInAnyFile()
    {
        using var keys = Open();
        await keys.ForContactAsync(Person, default);
        byte[] wrapped;
        using (var other = Connect())
        {
            using var command = other.CreateCommand();
            command.CommandText = "SELECT wrapped FROM key";
            wrapped = (byte[])command.ExecuteScalar()!; // the key was made above
        }

        Assert.True(IsInAFile(wrapped));
        await keys.EraseAsync(Person, Now, default);
        Assert.False(IsInAFile(wrapped));
    }

    [Fact]
    public async Task ManyNewContacts_AllGetKeysOfTheirOwn_ThatAreThereAfterARestart()
    {
        var people = Enumerable.Range(0, 200).Select(i => new ContactKey($"{i:x64}")).ToList();
        byte[][] texts;
        using (var keys = Open())
        {
            texts = await Task.WhenAll(people.Select(p => Task.Run(async () => (await keys.ForContactAsync(p, default)).Seal("x"u8, "line"))));
        }

        using var again = Open();
        for (var i = 0; i < people.Count; i++)
        {
            Assert.Equal("x"u8.ToArray(), (await again.ForContactAsync(people[i], default)).Open(texts[i], "line"));
        }

        var wrong = await again.ForContactAsync(people[1], default);
        Assert.ThrowsAny<CryptographicException>(() => wrong.Open(texts[0], "line"));
    }

    [Fact]
    public async Task RowMovedToAnotherName_DoesNotOpen()
    {
        using (var keys = Open())
        {
            await keys.ForContactAsync(Person, default);
        }

        using (var other = Connect())
        {
            using var command = other.CreateCommand();
            command.CommandText = "UPDATE key SET name = 'contact:someone'";
            command.ExecuteNonQuery();
        }

        using var again = Open();
        await Assert.ThrowsAsync<KeyUnavailableException>(async () => await again.ForContactAsync(new("someone"), default));
    }

    [Fact]
    public async Task FileHeld_SaysUnavailable_AndComesBack()
    {
        using var keys = Open();
        using (var other = Connect())
        {
            using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
            await Assert.ThrowsAsync<KeyUnavailableException>(async () => await keys.ForContactAsync(Person, default));
        }

        Assert.NotNull(await keys.ForContactAsync(Person, default));
    }

    [Fact]
    public async Task KeysOfTheFirstVersion_StillOpen()
    {
        var ring = DataProtectionProvider.Create(_folder.CreateSubdirectory("ring"), b => b.SetApplicationName("hotline"));
        var key = RandomNumberGenerator.GetBytes(32);
        using (var other = Connect())
        {
            using var command = other.CreateCommand();
            command.CommandText = "CREATE TABLE key (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID; INSERT INTO key VALUES ($1, $2)";
            command.Parameters.AddWithValue("$1", $"contact:{Person}");
            command.Parameters.AddWithValue("$2", ring.CreateProtector("hotline.keys").Protect(key));
            command.ExecuteNonQuery();
        }

        using var keys = Open();
        var seal = await keys.ForContactAsync(Person, default);
        Assert.Equal("x"u8.ToArray(), seal.Open(new ContactSeal(key).Seal("x"u8, "line"), "line"));
    }

    [Fact]
    public void Ring_AndPepper_AreForTheServerAlone()
    {
        var ring = new DurableKeyRing(_folder.CreateSubdirectory("ring"), NullLoggerFactory.Instance);
        ring.StoreElement(new XElement("key"), "one");
        Assert.Single(ring.GetAllElements());
        PepperFile.ReadOrMake(Path.Combine(_folder.FullName, "pepper"));
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in (string[])["ring/one.xml", "pepper"])
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.FullName, file)));
            }
        }
    }

    [Fact]
    public async Task Seal_ForAnotherPurposeOrDamaged_DoesNotOpen()
    {
        using var keys = Open();
        var seal = await keys.ForContactAsync(Person, default);
        var text = seal.Seal("x"u8, "line");
        Assert.ThrowsAny<CryptographicException>(() => seal.Open(text, "state"));
        text[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => seal.Open(text, "line"));
        Assert.ThrowsAny<CryptographicException>(() => seal.Open([], "line"));
    }

    [Fact]
    public async Task MasterKeyLost_SaysUnavailable_AndMakesNoNewKey()
    {
        using (var keys = Open())
        {
            await keys.ForContactAsync(Person, default);
        }

        using var other = new KeyStore(Path.Combine(_folder.FullName, "keys.db"), new EphemeralDataProtectionProvider());
        await Assert.ThrowsAsync<KeyUnavailableException>(async () => await other.ForContactAsync(Person, default));
    }

    [Fact]
    public void Pepper_IsMadeOnce_AndADamagedOneIsNamed()
    {
        var path = Path.Combine(_folder.FullName, "pepper");
        var first = PepperFile.ReadOrMake(path);
        Assert.Equal(first, PepperFile.ReadOrMake(path));
        File.WriteAllBytes(path, [1, 2, 3]);
        var fault = Assert.Throws<InvalidOperationException>(() => PepperFile.ReadOrMake(path));
        Assert.StartsWith("Privacy:PepperFile", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private KeyStore Open() => new(
        Path.Combine(_folder.FullName, "keys.db"), DataProtectionProvider.Create(_folder.CreateSubdirectory("ring"), b => b.SetApplicationName("hotline")));

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "keys.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private bool IsInAFile(byte[] bytes) => _folder.EnumerateFiles("keys.db*").Any(file =>
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content.AsSpan().IndexOf(bytes) >= 0;
    });
}
