using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Accounts.Oneself;

/// <summary>A signed-in person asks who they are here.</summary>
public static class ShowMe
{
    public sealed record Response(Guid Id, string Email, string Name, IReadOnlyList<string> Roles, Guid? PractitionerId, bool TwoFactor, DateTimeOffset CreatedAt)
    {
        public static Response Of(Account account) => new(
            account.Id, account.Email!, account.Name, account.Roles, account.PractitionerId, account.TwoFactorEnabled, account.CreatedAt);
    }

    public static void Map(IEndpointRouteBuilder me) => me.MapGet("/", Handle).WithName(nameof(ShowMe));

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(CurrentUser user, AccountsDb db, CancellationToken ct) =>
        await db.Accounts.FindAsync([user.Id], ct) is { } account
            ? TypedResults.Ok(Response.Of(account))
            : Problem.Unauthenticated;
}
