using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings.Reading;

/// <summary>The client or the practitioner looks at a booking.</summary>
public static class ShowBooking
{
    public static void Map(IEndpointRouteBuilder bookings) => bookings
        .MapGet("/{id:guid}", Handle)
        .WithName(nameof(ShowBooking))
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status404NotFound);

    public static async Task<Results<Ok<BookingView>, ProblemHttpResult>> Handle(
        Guid id, HttpContext http, BookingsDb db, LinkTokens tokens, Views views, TimeProvider clock, CancellationToken ct)
    {
        var booking = await db.ToRead(id, ct);
        if (await Access.PartyOf(http, booking, tokens) is not { } party || booking is null)
            return Problems.NotFound;

        if (party is Party.Practitioner)
        {
            db.Add(EntrustedRead.Of(booking, CurrentUser.From(http)!.Id, clock.GetUtcNow()));
            await db.SaveChangesAsync(ct);
        }
        return TypedResults.Ok(views.For(party, booking));
    }
}
