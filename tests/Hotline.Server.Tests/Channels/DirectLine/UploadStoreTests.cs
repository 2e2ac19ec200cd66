using System.Text;
using Hotline.Conversations;
using Hotline.Server.Channels.DirectLine;
using Hotline.Server.Privacy;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hotline.Server.Tests.Channels.DirectLine;

public sealed class UploadStoreTests : IDisposable
{
    private static readonly ContactKey Contact = new(new string('a', 64));

    private readonly string _folder = Directory.CreateTempSubdirectory("hotline-uploads-").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly KeyStore _keys = Hotline.Server.Tests.Privacy.TestKeys.InMemory();
    private readonly UploadStore _store;

    public UploadStoreTests() => _store = new(_folder, _keys, _clock);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task FindAsync_GivesTheFileBack_AndTheDiskShowsNothingOfIt()
    {
        var id = await AddAsync();
        var found = (await _store.FindAsync(id, CancellationToken.None))!;
        Assert.Equal(("image/png", "my passport.png", "the picture"), (found.ContentType, found.Name, Encoding.UTF8.GetString(found.Bytes)));
        var disk = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(_folder))));
        Assert.DoesNotContain("picture", disk, StringComparison.Ordinal);
        Assert.DoesNotContain("passport", disk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindAsync_AfterADay_GivesNone_AndSweepDeletes()
    {
        var id = await AddAsync();
        _clock.Advance(UploadStore.Life - TimeSpan.FromSeconds(1));
        Assert.Equal(0, _store.Sweep());
        Assert.NotNull(await _store.FindAsync(id, CancellationToken.None));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await _store.FindAsync(id, CancellationToken.None));
        Assert.Equal(1, _store.Sweep());
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task FindAsync_AfterTheContactWasErased_GivesNone()
    {
        var id = await AddAsync();
        await _keys.EraseAsync(Contact, DateTimeOffset.UnixEpoch, CancellationToken.None);
        Assert.Null(await _store.FindAsync(id, CancellationToken.None));
    }

    [Theory]
    [InlineData("../directline.key")]
    [InlineData("")]
    [InlineData("0000000000000000000000000000000000000000")]
    public async Task FindAsync_OfAnythingElse_GivesNone(string id) => Assert.Null(await _store.FindAsync(id, CancellationToken.None));

    private async Task<string> AddAsync() =>
        (await _store.AddAsync(Contact, new("image/png", "my passport.png", "the picture"u8.ToArray()), CancellationToken.None))!;
}
