using Accounts.Limits;
using Accounts.Registering;
using Accounts.SigningIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Accounts;

/// <summary>People, how they prove who they are, and where they are signed in.</summary>
public sealed class AccountsDb(DbContextOptions<AccountsDb> options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Registration> Registrations => Set<Registration>();

    public DbSet<PasswordReset> PasswordResets => Set<PasswordReset>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();

    public DbSet<AttemptCount> AttemptCounts => Set<AttemptCount>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Account>(account =>
        {
            account.Property(a => a.ConcurrencyStamp).IsConcurrencyToken();
            // Identity's own lock-out counts per account only, which lets any stranger lock its owner out; Limits count better.
            account.Ignore(a => a.AccessFailedCount).Ignore(a => a.LockoutEnabled).Ignore(a => a.LockoutEnd);
            account.Ignore(a => a.PhoneNumber).Ignore(a => a.PhoneNumberConfirmed);
        });
        // The authenticator app's key, by Identity's own store.
        modelBuilder.Entity<IdentityUserToken<Guid>>(token =>
        {
            token.ToTable("account_tokens");
            token.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
            token.Property(t => t.UserId).HasColumnName("account_id");
            token.HasOne<Account>().WithMany().HasForeignKey(t => t.UserId);
        });
        modelBuilder.Entity<PasswordReset>().HasOne<Account>().WithMany().HasForeignKey(r => r.AccountId);
        modelBuilder.Entity<Session>().HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId);
        modelBuilder.Entity<RefreshToken>(token =>
        {
            token.HasKey(t => t.Hash);
            token.HasOne<Session>().WithMany().HasForeignKey(t => t.SessionId);
        });
        modelBuilder.Entity<AttemptCount>().HasKey(c => c.Key);
        modelBuilder.UsePlatform();
    }
}
