using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform;

namespace Accounts.SigningIn;

/// <summary>What a signed-in person carries: an access token that every service can check, and a refresh token that only we can.</summary>
public sealed class SessionTokens(AccountsDb db, SigningKey key, AccountOptions options)
{
    private static readonly JsonWebTokenHandler Tokens = new() { SetDefaultTimesOnTokenCreation = false };

    /// <param name="ExpiresIn">Seconds that the access token is good for.</param>
    public sealed record Answer(string AccessToken, int ExpiresIn, string RefreshToken);

    /// <summary>Adds a refresh token to the context, to be saved with what led to it.</summary>
    public Answer Issue(Account account, Session session, DateTimeOffset now)
    {
        db.Add(RefreshToken.Issue(session.Id, now, out var refresh));
        var life = TimeSpan.FromMinutes(options.AccessTokenMinutes);
        return new Answer(AccessToken(account, now, life), (int)life.TotalSeconds, refresh);
    }

    private string AccessToken(Account account, DateTimeOffset now, TimeSpan life)
    {
        List<Claim> claims = [new("sub", account.Id.ToString()), new("email", account.Email!), new("name", account.Name), .. account.Roles.Select(r => new Claim("role", r))];
        if (account.PractitionerId is { } practitioner)
            claims.Add(new(Callers.PractitionerClaim, practitioner.ToString()));
        return Tokens.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Callers.PeopleIssuer,
            Audience = Callers.Audience,
            Subject = new ClaimsIdentity(claims),
            IssuedAt = now.UtcDateTime,
            Expires = (now + life).UtcDateTime,
            SigningCredentials = key.Credentials,
        });
    }
}
