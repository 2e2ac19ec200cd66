using Hotline.Conversations;
using Hotline.Server.Hosting;
using Hotline.Server.Turns;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Hotline.Server.Tests.Turns;

public sealed class InboundSpoolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hotline-spool-").FullName;
    private readonly Metrics _metrics = new();
    private readonly EphemeralDataProtectionProvider _protection = new();

    [Fact]
    public async Task Drain_AfterARestart_GivesBackEveryMessageInOrder()
    {
        using (var spool = Open())
        {
            for (var i = 0; i < 25; i++)
            {
                await spool.SpoolAsync(Message($"SM{i}", $"text {i} ភាសា"), default);
            }
        }

        using var again = Open();
        Assert.Equal(25, again.Count);
        var got = new List<string>();
        await again.DrainAsync((request, _) => Keep(request, got), default);
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"SM{i}|text {i} ភាសា|tel:+66800000001"), got);
        Assert.False(again.HasBacklog);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Drain_StoreFailsInTheMiddle_KeepsTheRestAndTheirOrder()
    {
        using var spool = Open();
        for (var i = 0; i < 5; i++)
        {
            await spool.SpoolAsync(Message($"SM{i}", "x"), default);
        }

        var got = new List<string>();
        await spool.DrainAsync((request, _) => got.Count == 2 ? throw new StoreUnavailableException() : Keep(request, got), default);
        Assert.Equal(3, spool.Count);
        await spool.SpoolAsync(Message("SM5", "x"), default);
        await spool.DrainAsync((request, _) => Keep(request, got), default);
        Assert.Equal(["SM0", "SM1", "SM2", "SM3", "SM4", "SM5"], got.Select(g => g.Split('|')[0]));
    }

    [Fact]
    public async Task Drain_RecordOfANewerServer_StaysAndHoldsNoOthersBack()
    {
        using var spool = Open();
        await spool.SpoolAsync(Message("SM0", "x"), default);
        await spool.SpoolAsync(Message("SM1", "x", "tel:+66800000002"), default);
        var got = new List<string>();
        await spool.DrainAsync(
            (request, _) => ((TurnInput.MessageReceived)request.Input).MessageId == "SM0"
                ? throw new StoreUnavailableException("newer", new NewerFormException())
                : Keep(request, got),
            default);
        Assert.Equal(["SM1"], got.Select(g => g.Split('|')[0]));
        Assert.Equal(1, spool.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Drain_OnePersonCannotBeRun_HoldsOnlyTheirOwnBack_AndKeepsTheirOrder(bool key)
    {
        using var spool = Open();
        await spool.SpoolAsync(Message("SM0", "x"), default);
        await spool.SpoolAsync(Message("SM1", "x"), default);
        await spool.SpoolAsync(Message("SM2", "x", "tel:+66800000002"), default);
        var got = new List<string>();
        var failed = 0;
        await spool.DrainAsync(
            (request, _) => ((TurnInput.MessageReceived)request.Input).MessageId == "SM0" && failed++ == 0
                ? throw (key ? new StoreUnavailableException("key", new Hotline.Server.Privacy.KeyUnavailableException()) : new InvalidOperationException())
                : Keep(request, got),
            default);
        Assert.Equal(["SM2"], got.Select(g => g.Split('|')[0]));
        Assert.Equal(2, spool.Count);
        Assert.True(spool.MustWait(Message("SM3", "x")));
        Assert.False(spool.MustWait(Message("SM4", "x", "tel:+66800000002")));
        await spool.DrainAsync((request, _) => Keep(request, got), default);
        Assert.Equal(["SM2", "SM0", "SM1"], got.Select(g => g.Split('|')[0]));
        Assert.False(spool.MustWait(Message("SM3", "x")));
    }

    [Fact]
    public async Task Drain_DamagedFile_IsSetAsideAndDoesNotHoldTheOthers()
    {
        using (var spool = Open())
        {
            await spool.SpoolAsync(Message("SM0", "x"), default);
            await spool.SpoolAsync(Message("SM1", "x"), default);
        }

        File.WriteAllBytes(Directory.GetFiles(_folder).Order().First(), [1, 2, 3]);
        using var again = Open();
        var got = new List<string>();
        await again.DrainAsync((request, _) => Keep(request, got), default);
        Assert.Equal(["SM1"], got.Select(g => g.Split('|')[0]));
        Assert.Equal(0, again.Count);
        Assert.Equal(1, _metrics.SpoolDamaged.Value);
        Assert.Single(Directory.GetFiles(_folder, "*.damaged"));
    }

    [Fact]
    public void Open_HalfWrittenFile_IsNotAMessage()
    {
        File.WriteAllText(Path.Combine(_folder, "000000000000000000.tmp"), "half");
        using var spool = Open();
        Assert.False(spool.HasBacklog);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Spool_FolderIsGone_ThrowsIOException()
    {
        using var spool = Open();
        Directory.Delete(_folder, recursive: true);
        await Assert.ThrowsAnyAsync<IOException>(() => spool.SpoolAsync(Message("SM0", "x"), default));
        Assert.False(spool.IsDurable());
        Directory.CreateDirectory(_folder);
        Assert.True(spool.IsDurable());
    }

    [Fact]
    public async Task Files_HoldNoWordAndNoNumber()
    {
        using var spool = Open();
        await spool.SpoolAsync(Message("SM0", "the door is locked"), default);
        var bytes = File.ReadAllText(Directory.GetFiles(_folder).Single());
        Assert.DoesNotContain("locked", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("66800000001", bytes, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _metrics.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private InboundSpool Open() =>
        new(_folder, _protection, new TurnWatch(TimeProvider.System, _metrics, NullLogger<TurnHandler>.Instance));

    private static TurnRequest Message(string id, string text, string person = "tel:+66800000001") =>
        new("sms", new Urn(person), new TurnInput.MessageReceived(id, text));

    private static Task Keep(TurnRequest request, List<string> got)
    {
        var message = (TurnInput.MessageReceived)request.Input;
        got.Add($"{message.MessageId}|{message.Text}|{request.Address.Value}");
        return Task.CompletedTask;
    }
}
