using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Hotline.Server.Cases;

/// <summary>Staff accounts for ASP.NET Core Identity, in our own table. The second factor's secret is protected by the key ring.</summary>
internal sealed class StaffStore(IDbContextFactory<CasesDb> databases, IDataProtectionProvider protection)
    : IUserPasswordStore<StaffRow>, IUserEmailStore<StaffRow>, IUserLockoutStore<StaffRow>, IUserSecurityStampStore<StaffRow>, IUserAuthenticatorKeyStore<StaffRow>
{
    private readonly IDataProtector _totp = protection.CreateProtector("hotline.totp");

    public async Task<IdentityResult> CreateAsync(StaffRow user, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Staff.Add(user);
        return await SaveAsync(db, cancellationToken);
    }

    public async Task<IdentityResult> UpdateAsync(StaffRow user, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Staff.Update(user);
        return await SaveAsync(db, cancellationToken);
    }

    public async Task<IdentityResult> DeleteAsync(StaffRow user, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Staff.Remove(user);
        return await SaveAsync(db, cancellationToken);
    }

    /// <summary>Accepts a step of the second factor once: of two requests with the same code one wins.</summary>
    public async Task<bool> UseTotpStepAsync(StaffRow user, long step, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Staff.Where(s => s.Id == user.Id && s.LastTotpStep < step).ExecuteUpdateAsync(u => u.SetProperty(s => s.LastTotpStep, step), ct) == 1;
    }

    /// <summary>Protects every second factor under the newest master key. Returns how many could not be opened and stay as they are.</summary>
    public async Task<int> ProtectAgainAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var closed = 0;
        foreach (var user in await db.Staff.Where(s => s.ProtectedTotp != null).ToListAsync(ct))
        {
            try
            {
                user.ProtectedTotp = _totp.Protect(_totp.Unprotect(user.ProtectedTotp!)); // asked for above
            }
            catch (CryptographicException)
            {
                closed++;
            }
        }

        await db.SaveChangesAsync(ct);
        return closed;
    }

    public async Task<bool> AnyAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Staff.AnyAsync(ct);
    }

    public Task<StaffRow?> FindByIdAsync(string userId, CancellationToken cancellationToken) => FindAsync(s => s.Where(u => u.Id == userId), cancellationToken);

    public Task<StaffRow?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindByEmailAsync(normalizedUserName, cancellationToken);

    public Task<StaffRow?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        FindAsync(s => s.Where(u => u.NormalizedEmail == normalizedEmail), cancellationToken);

    public Task<string> GetUserIdAsync(StaffRow user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(StaffRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task SetUserNameAsync(StaffRow user, string? userName, CancellationToken cancellationToken) => SetEmailAsync(user, userName, cancellationToken);

    public Task<string?> GetNormalizedUserNameAsync(StaffRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedEmail);

    public Task SetNormalizedUserNameAsync(StaffRow user, string? normalizedName, CancellationToken cancellationToken) =>
        Set(() => user.NormalizedEmail = normalizedName ?? "");

    public Task SetEmailAsync(StaffRow user, string? email, CancellationToken cancellationToken) => Set(() => user.Email = email ?? "");

    public Task<string?> GetEmailAsync(StaffRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task<bool> GetEmailConfirmedAsync(StaffRow user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetEmailConfirmedAsync(StaffRow user, bool confirmed, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetNormalizedEmailAsync(StaffRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedEmail);

    public Task SetNormalizedEmailAsync(StaffRow user, string? normalizedEmail, CancellationToken cancellationToken) =>
        Set(() => user.NormalizedEmail = normalizedEmail ?? "");

    public Task SetPasswordHashAsync(StaffRow user, string? passwordHash, CancellationToken cancellationToken) => Set(() => user.PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(StaffRow user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(StaffRow user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(StaffRow user, CancellationToken cancellationToken) => Task.FromResult(user.LockedUntil);

    public Task SetLockoutEndDateAsync(StaffRow user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) => Set(() => user.LockedUntil = lockoutEnd);

    public Task<int> IncrementAccessFailedCountAsync(StaffRow user, CancellationToken cancellationToken) => Task.FromResult(++user.Failed);

    public Task ResetAccessFailedCountAsync(StaffRow user, CancellationToken cancellationToken) => Set(() => user.Failed = 0);

    public Task<int> GetAccessFailedCountAsync(StaffRow user, CancellationToken cancellationToken) => Task.FromResult(user.Failed);

    public Task<bool> GetLockoutEnabledAsync(StaffRow user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(StaffRow user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetSecurityStampAsync(StaffRow user, string stamp, CancellationToken cancellationToken) => Set(() => user.Stamp = stamp);

    public Task<string?> GetSecurityStampAsync(StaffRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Stamp);

    public Task SetAuthenticatorKeyAsync(StaffRow user, string key, CancellationToken cancellationToken) =>
        Set(() => user.ProtectedTotp = _totp.Protect(Encoding.ASCII.GetBytes(key)));

    public Task<string?> GetAuthenticatorKeyAsync(StaffRow user, CancellationToken cancellationToken) =>
        Task.FromResult(user.ProtectedTotp is { } sealedKey ? Encoding.ASCII.GetString(_totp.Unprotect(sealedKey)) : null);

    public void Dispose()
    {
        // contexts live for one call each
    }

    private static Task Set(Action set)
    {
        set();
        return Task.CompletedTask;
    }

    private static async Task<IdentityResult> SaveAsync(CasesDb db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return IdentityResult.Success;
        }
        catch (DbUpdateException)
        {
            return IdentityResult.Failed(new IdentityError { Code = "Taken", Description = "There is an account with this e-mail already." });
        }
    }

    private async Task<StaffRow?> FindAsync(Func<DbSet<StaffRow>, IQueryable<StaffRow>> query, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await query(db.Staff).AsNoTracking().SingleOrDefaultAsync(ct);
    }
}
