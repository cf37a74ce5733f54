using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Payments;

/// <summary>What Payments adds when a practitioner exports their data: their account at Stripe and every movement, oldest first. Accounts asks for it.</summary>
public static class ExportPerson
{
    public sealed record Request(Guid AccountId, string Email, Guid PractitionerId, IReadOnlyList<Guid> BookingIds, IReadOnlyList<Guid> WaitlistEntryIds);

    /// <param name="Account">Null while they have none.</param>
    public sealed record Response(StripeAccount? Account, IReadOnlyList<ShowMyPayments.Item> Movements);

    public sealed record StripeAccount(string Id, DateTimeOffset CreatedAt, bool ChargesEnabled, bool PayoutsEnabled);

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
