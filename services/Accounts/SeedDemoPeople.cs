using Contracts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Accounts;

/// <summary>The four sign-ins of a demonstration, from <c>DEMO_CLIENT</c> and the like (<c>email:password</c>). Run again, it changes nothing but a password that differs.</summary>
public static class SeedDemoPeople
{
    private static readonly (string Setting, string Role, string Name)[] Demo =
    [
        ("DEMO_CLIENT", Account.Client, "Demo Client"),
        ("DEMO_PRACTITIONER", Account.Practitioner, "Ana Reyes"),
        ("DEMO_MODERATOR", Account.Moderator, "Demo Moderator"),
        ("DEMO_OPERATOR", Account.Operator, "Demo Operator"),
    ];

    public static async Task<int> Run(IServiceProvider services, string[] args, CancellationToken ct)
    {
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment())
            return await Refuse("Demonstration sign-ins are for ENVIRONMENT=Development only.");
        if (args is not ["--practitioner", var text] || !Guid.TryParse(text, out var practitionerId))
            return await Refuse("Usage: seed --practitioner <the id of the practitioner whose sign-in it is>");

        var settings = services.GetRequiredService<IConfiguration>();
        foreach (var (setting, role, name) in Demo)
        {
            if (settings[setting]?.Split(':', 2) is not [var email, var password])
                return await Refuse($"The setting {setting} is missing; it is email:password.");
            await Seed(services, email, password, role, name, role == Account.Practitioner ? practitionerId : null, ct);
        }

        return 0;
    }

    private static async Task Seed(
        IServiceProvider services, string email, string password, string role, string name, Guid? practitionerId, CancellationToken ct)
    {
        var db = services.GetRequiredService<AccountsDb>();
        var people = services.GetRequiredService<UserManager<Account>>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var address = people.NormalizeEmail(email);
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.NormalizedEmail == address, ct);
        if (account is not null && account.PractitionerId != practitionerId)
        {
            // The demo directory was made anew; its practitioner is another one now.
            db.Remove(account);
            await db.SaveChangesAsync(ct);
            account = null;
        }

        if (account is null)
        {
            account = Account.Open(Guid.CreateVersion7(now), email, name, role, now, practitionerId);
            account.PasswordHash = people.PasswordHasher.HashPassword(account, password);
            db.Publish(new AccountRegistered(account.Id, account.PractitionerId, now), now);
            Check(await people.CreateAsync(account));
        }
        else if (!await people.CheckPasswordAsync(account, password))
        {
            account.PasswordHash = people.PasswordHasher.HashPassword(account, password);
            Check(await people.UpdateSecurityStampAsync(account));
        }
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException(string.Join(' ', result.Errors.Select(e => e.Description)));
    }

    private static async Task<int> Refuse(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return 2;
    }
}
