using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Bookings.Settling;

/// <summary>Accounts says whose address it is before somebody leaves, so that what they booked or waited for as a guest is forgotten with the rest.</summary>
public static class AttachGuestBookings
{
    /// <param name="Email">Confirmed as the account's.</param>
    public sealed record Request(string Email);

    public static void Map(IEndpointRouteBuilder inner) => inner.MapPost("/clients/{accountId:guid}/guest-bookings", Handle);

    public static async Task<NoContent> Handle(Guid accountId, Request request, BookingsDb db, CancellationToken ct)
    {
        // Stored in lower case.
        var email = request.Email.ToLowerInvariant();
        await db.Bookings.Where(b => b.ClientAccountId == null && b.ClientEmail == email)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.ClientAccountId, accountId), ct);
        await db.Waitlist.Where(e => e.AccountId == null && e.Email == email)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.AccountId, accountId), ct);
        return TypedResults.NoContent();
    }
}
