using Hotline.Server.Cases;
using Hotline.Server.Desk;
using Hotline.Server.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hotline.Server.Tests.Desk;

/// <summary>The first sign-in and every later one, over Identity as the server sets it up and the real database.</summary>
public sealed class StaffAccountsTests
{
    private const string Email = "counsellor@example.org";
    private const string Password = "correct horse battery staple";

    [Fact]
    public async Task SetUp_TheLink_WorksOnce()
    {
        await using var f = await Fixture.StartAsync();
        var code = await f.RunAsync(a => a.NewSetupCodeAsync(default));
        Assert.Empty(await f.SetUpAsync(code!, Email));
        Assert.NotEmpty(await f.SetUpAsync(code!, "second@example.org"));
        Assert.False(await f.RunAsync(a => a.IsSetupOpenAsync(code!, default)));
        Assert.Null(await f.RunAsync(a => a.NewSetupCodeAsync(default)));
    }

    [Fact]
    public async Task SetUp_ManyAtOnce_MakeOneAccount()
    {
        await using var f = await Fixture.StartAsync();
        var code = (await f.RunAsync(a => a.NewSetupCodeAsync(default)))!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => f.SetUpAsync(code, $"staff{i}@example.org"))));
        Assert.Single(answers, faults => faults.Count == 0);
    }

    [Fact]
    public async Task SetUp_AfterThirtyMinutes_OrWithAnotherCode_IsRefused()
    {
        await using var f = await Fixture.StartAsync();
        var code = await f.RunAsync(a => a.NewSetupCodeAsync(default));
        Assert.False(await f.RunAsync(a => a.IsSetupOpenAsync("guess", default)));
        f.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.False(await f.RunAsync(a => a.IsSetupOpenAsync(code!, default)));
        Assert.NotEmpty(await f.SetUpAsync(code!, Email));
    }

    [Fact]
    public async Task SetUp_AFaultInTheForm_LeavesTheLinkOpen()
    {
        await using var f = await Fixture.StartAsync();
        var code = (await f.RunAsync(a => a.NewSetupCodeAsync(default)))!;
        Assert.NotEmpty(await f.RunAsync(a => a.SetUpAsync(code, Email, "short", (f.Secret, f.Digits()), default)));
        Assert.NotEmpty(await f.RunAsync(a => a.SetUpAsync(code, Email, Password, (f.Secret, "000"), default)));
        Assert.Empty(await f.SetUpAsync(code, Email));
    }

    [Fact]
    public async Task SignIn_NeedsAllThree_AndACodeCountsOnce()
    {
        await using var f = await Fixture.WithAccountAsync();
        Assert.Null(await f.SignInAsync(Password, f.Digits())); // the code that made the account
        f.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(await f.SignInAsync("wrong", f.Digits()));
        Assert.Null(await f.SignInAsync(Password, "000000"));
        Assert.Null(await f.RunAsync(a => a.SignInAsync("nobody@example.org", Password, f.Digits(), default)));
        var user = await f.SignInAsync(Password, f.Digits());
        Assert.Equal(Email, user!.Email);
        Assert.Null(await f.SignInAsync(Password, f.Digits()));
        f.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.NotNull(await f.SignInAsync(Password, f.Digits()));
    }

    [Fact]
    public async Task SignIn_AfterFiveFailures_IsLockedForAWhile()
    {
        await using var f = await Fixture.WithAccountAsync();
        f.Time.Advance(TimeSpan.FromSeconds(30));
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(await f.SignInAsync("wrong", f.Digits()));
        }

        Assert.Null(await f.SignInAsync(Password, f.Digits()));
    }

    [Fact]
    public async Task SignIn_ManyGuessesAtOnce_EachCounts()
    {
        await using var f = await Fixture.WithAccountAsync();
        f.Time.Advance(TimeSpan.FromSeconds(30));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => f.SignInAsync(Password, $"{i:D6}"))));
        Assert.Null(await f.SignInAsync(Password, f.Digits()));
    }

    [Fact]
    public async Task Reset_RemovesTheAccounts_IsAudited_AndEndsOpenPages()
    {
        await using var f = await Fixture.WithAccountAsync();
        f.Time.Advance(TimeSpan.FromSeconds(30));
        var user = await f.SignInAsync(Password, f.Digits());
        Assert.True(await f.RunAsync(a => a.IsCurrentAsync(user!.Id, user.Stamp)));
        await f.RunAsync(async a =>
        {
            await a.ResetFirstSignInAsync(default);
            return true;
        });
        Assert.False(await f.RunAsync(a => a.IsCurrentAsync(user!.Id, user.Stamp)));
        Assert.NotNull(await f.RunAsync(a => a.NewSetupCodeAsync(default)));
        await using var db = await f.Databases.CreateDbContextAsync();
        Assert.Single(await db.Audit.ToListAsync(), a => a.Action == "reset_first_sign_in");
    }

    private sealed class Fixture : IAsyncDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hotline-accounts-");
        private readonly ServiceProvider _services;

        private Fixture()
        {
            var services = new ServiceCollection();
            services.AddLogging();
            services.AddSingleton<TimeProvider>(Time);
            services.AddSingleton(new DataOptions { Path = _folder.FullName });
            services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
            services.AddCases().AddDesk();
            _services = services.BuildServiceProvider();
        }

        public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(56));

        public string Secret { get; } = Totp.NewSecret();

        public IDbContextFactory<CasesDb> Databases => _services.GetRequiredService<IDbContextFactory<CasesDb>>();

        public static async Task<Fixture> StartAsync()
        {
            var fixture = new Fixture();
            await using var db = await fixture.Databases.CreateDbContextAsync();
            await db.Database.MigrateAsync();
            return fixture;
        }

        public static async Task<Fixture> WithAccountAsync()
        {
            var fixture = await StartAsync();
            Assert.Empty(await fixture.SetUpAsync((await fixture.RunAsync(a => a.NewSetupCodeAsync(default)))!, Email));
            return fixture;
        }

        public string Digits() => Totp.Code(Totp.ReadSecret(Secret)!, Totp.Step(Time.GetUtcNow())); // the secret is ours

        public Task<IReadOnlyList<string>> SetUpAsync(string code, string email) =>
            RunAsync(a => a.SetUpAsync(code, email, Password, (Secret, Digits()), default));

        public Task<StaffRow?> SignInAsync(string password, string digits) => RunAsync(a => a.SignInAsync(Email, password, digits, default));

        public async Task<T> RunAsync<T>(Func<StaffAccounts, Task<T>> act)
        {
            await using var scope = _services.CreateAsyncScope();
            return await act(scope.ServiceProvider.GetRequiredService<StaffAccounts>());
        }

        public async ValueTask DisposeAsync()
        {
            await _services.DisposeAsync();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            _folder.Delete(recursive: true);
        }
    }
}
