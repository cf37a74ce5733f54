using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Bookings.Waitlist;

/// <summary>Notifications asks for what a mail to somebody who waits may say: never what they look for.</summary>
public static class WriteWaitlistLetter
{
    /// <param name="PractitionerId">Null for somebody who waits for whoever fits.</param>
    public sealed record Response(Guid Id, string Email, Guid? PractitionerId, DateTimeOffset Until, Uri ManageUrl);

    public static void Map(IEndpointRouteBuilder inner) => inner.MapGet("/waitlist/{id:guid}/letter", Handle);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id, BookingsDb db, LinkTokens tokens, SecretBox box, BookingOptions options, CancellationToken ct)
    {
        if (await db.Waitlist.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, ct) is not { } entry)
            return Problems.NotFound;
        return TypedResults.Ok(new Response(
            id, entry.Email, Wish.Open(entry.Wish, box).PractitionerId, entry.Until, options.WaitlistLink(id, tokens.ToWaitlist(id))));
    }
}
