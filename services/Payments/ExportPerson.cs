using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Payments;

/// <summary>A practitioner takes along what is kept about them; Accounts asks for their account at Stripe and all that has moved, oldest first.</summary>
public static class ExportPerson
{
    public record Request(Guid AccountId, string Email, Guid PractitionerId, IReadOnlyList<Guid> BookingIds);

    /// <param name="Account">Null while they have none.</param>
    public record Response(StripeAccount? Account, IReadOnlyList<ShowMyPayments.Item> Movements);

    public record StripeAccount(string Id, DateTimeOffset CreatedAt, bool ChargesEnabled, bool PayoutsEnabled);

    public static void Map(IEndpointRouteBuilder inner) => inner.MapPost("/export", Handle);

    public static async Task<Ok<Response>> Handle(Request person, PaymentsDb db, CancellationToken ct)
    {
        var account = await db.ConnectedAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.PractitionerId == person.PractitionerId, ct);
        var movements = await Movement.Of(db, person.PractitionerId).OrderBy(m => m.TransactionId).ToListAsync(ct);
        return TypedResults.Ok(new Response(
            account is null ? null : new(account.StripeAccountId, account.CreatedAt, account.ChargesEnabled, account.PayoutsEnabled),
            [.. movements.Select(ShowMyPayments.Item.Of)]));
    }
}
