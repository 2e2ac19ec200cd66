using System.Security.Cryptography;
using System.Text;
using Hotline.Server.Cases;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Hotline.Server.Desk;

/// <summary>Accounts of staff: the first sign-in, and the check of password and second factor.</summary>
internal sealed class StaffAccounts(UserManager<StaffRow> users, StaffStore store, IDbContextFactory<CasesDb> databases, TimeProvider time)
{
    private const string TooLate = "This link has been used or is too old. Start the server again for a new one.";
    private const int CodeBytes = 24;
    private static readonly TimeSpan SetupLife = TimeSpan.FromMinutes(30);

    /// <summary>A new one-time code for the first sign-in, or <c>null</c> when somebody can sign in already.</summary>
    public async Task<string?> NewSetupCodeAsync(CancellationToken ct)
    {
        if (await store.AnyAsync(ct))
        {
            return null;
        }

        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(CodeBytes));
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Setups.ExecuteUpdateAsync(s => s.SetProperty(r => r.Used, true), ct);
        db.Setups.Add(new SetupRow { CodeHash = Hash(code), Expires = time.GetUtcNow() + SetupLife });
        await db.SaveChangesAsync(ct);
        return code;
    }

    public async Task<bool> IsSetupOpenAsync(string code, CancellationToken ct)
    {
        var hash = Hash(code);
        await using var db = await databases.CreateDbContextAsync(ct);
        return (await db.Setups.AsNoTracking().Where(s => !s.Used).ToListAsync(ct))
            .Exists(s => s.Expires > time.GetUtcNow() && CryptographicOperations.FixedTimeEquals(s.CodeHash, hash));
    }

    /// <summary>Makes the first account. What is wrong, or nothing.</summary>
    public async Task<IReadOnlyList<string>> SetUpAsync(string code, string email, string password, (string Secret, string Code) totp, CancellationToken ct)
    {
        if (!await IsSetupOpenAsync(code, ct))
        {
            return [TooLate];
        }

        if (Totp.ReadSecret(totp.Secret) is not { } secret || Totp.Match(secret, totp.Code, time.GetUtcNow(), 0) is not { } step)
        {
            return ["The six digits do not fit. Check the clock of your phone and type the digits that it shows now."];
        }

        // taken before the account is made, so that of two who send the form at once one gets in
        await using var db = await databases.CreateDbContextAsync(ct);
        var hash = Hash(code);
        if (await db.Setups.Where(s => !s.Used && s.CodeHash == hash).ExecuteUpdateAsync(s => s.SetProperty(r => r.Used, true), ct) != 1)
        {
            return [TooLate];
        }

        var faults = await AddAsync(email, password, totp.Secret, step);
        if (faults.Count > 0)
        {
            await db.Setups.Where(s => s.CodeHash == hash).ExecuteUpdateAsync(s => s.SetProperty(r => r.Used, false), ct);
        }

        return faults;
    }

    public async Task AddFirstAdminAsync(FirstAdminOptions admin, CancellationToken ct)
    {
        if (!await store.AnyAsync(ct))
        {
            var faults = await AddAsync(admin.Email, admin.Password, admin.TotpSecret, 0);
            if (faults.Count > 0)
            {
                throw new InvalidOperationException($"Desk:FirstAdmin: {faults[0]}");
            }
        }
    }

    /// <summary>The account, if e-mail, password and code fit and it is not locked. The answer does not say which did not.</summary>
    public async Task<StaffRow?> SignInAsync(string email, string password, string code, CancellationToken ct)
    {
        if (await users.FindByEmailAsync(email) is null)
        {
            users.PasswordHasher.HashPassword(Nobody, password); // as slow as for somebody
            return null;
        }

        // one guess after the other: of many at once each would count as the first
        await OneGuess.WaitAsync(ct);
        try
        {
            return await users.FindByEmailAsync(email) is { } known ? await CheckAsync(known, password, code, ct) : null;
        }
        finally
        {
            OneGuess.Release();
        }
    }

    private async Task<StaffRow?> CheckAsync(StaffRow user, string password, string code, CancellationToken ct)
    {
        if (await users.IsLockedOutAsync(user))
        {
            return null;
        }

        var passwordFits = await users.CheckPasswordAsync(user, password);
        var key = await users.GetAuthenticatorKeyAsync(user);
        var step = key is null || Totp.ReadSecret(key) is not { } secret ? null : Totp.Match(secret, code, time.GetUtcNow(), user.LastTotpStep);
        if (!passwordFits || step is null || !await store.UseTotpStepAsync(user, step.Value, ct))
        {
            await users.AccessFailedAsync(user);
            return null;
        }

        user.LastTotpStep = step.Value;
        await users.ResetAccessFailedCountAsync(user);
        return user;
    }

    /// <summary>Whether a cookie made with this stamp still counts.</summary>
    public async Task<bool> IsCurrentAsync(string id, string stamp) => await users.FindByIdAsync(id) is { } user && user.Stamp == stamp;

    /// <summary>Removes all accounts, so that the next start prints a first sign-in link. Audited.</summary>
    public async Task ResetFirstSignInAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Staff.ExecuteDeleteAsync(ct);
        db.Audit.Add(new AuditRow { At = time.GetUtcNow(), Staff = "operator", Action = "reset_first_sign_in" });
        await db.SaveChangesAsync(ct);
    }

    private static SemaphoreSlim OneGuess { get; } = new(1, 1);

    private static StaffRow Nobody { get; } = new() { Id = "", Email = "", NormalizedEmail = "", Stamp = "", Role = "" };

    private static byte[] Hash(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));

    private async Task<IReadOnlyList<string>> AddAsync(string email, string password, string secret, long usedStep)
    {
        var user = new StaffRow
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            Email = email.Trim(),
            NormalizedEmail = email.Trim().ToUpperInvariant(),
            Stamp = "",
            Role = "administrator",
            LastTotpStep = usedStep,
            TotpConfirmed = true,
        };
        await store.SetAuthenticatorKeyAsync(user, secret, CancellationToken.None);
        var made = await users.CreateAsync(user, password);
        return [.. made.Errors.Select(e => e.Description)];
    }
}
