using System.Security.Cryptography;
using System.Text;
using Hotline.Conversations;
using Hotline.Server.Privacy;
using Microsoft.AspNetCore.DataProtection;
using Xunit;

namespace Hotline.Server.Tests.Privacy;

public sealed class KeyStoreTests : IDisposable
{
    private static readonly ContactKey Person = new(new string('a', 64));

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
        await keys.EraseAsync(Person, default);
        var fresh = await keys.ForContactAsync(Person, default);
        Assert.ThrowsAny<CryptographicException>(() => fresh.Open(sealedText, "line"));
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
}
