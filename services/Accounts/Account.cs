using Microsoft.AspNetCore.Identity;

namespace Accounts;

/// <summary>A person who can sign in. It exists from the moment its address is proven; until then there is only a <see cref="Registration"/>.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public const string Client = "client";
    public const string Practitioner = "practitioner";
    public const string Moderator = "moderator";
    public const string Operator = "operator";

    public required string Name { get; set; }

    public required string[] Roles { get; set; }

    /// <summary>Who this person is in the directory; set for practitioners, and never changed.</summary>
    public Guid? PractitionerId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <param name="practitionerId">An existing listing's; without one a practitioner gets an id of their own.</param>
    public static Account Open(Guid id, string email, string name, string role, DateTimeOffset now, Guid? practitionerId = null) => new()
    {
        Id = id,
        UserName = email,
        Email = email,
        EmailConfirmed = true,
        Name = name,
        Roles = [role],
        PractitionerId = role == Practitioner ? practitionerId ?? Guid.CreateVersion7(now) : null,
        CreatedAt = now,
    };
}
