using Bookings.Waitlist;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Bookings.Reading;

/// <summary>A person takes along what is kept about them; Accounts asks for the visits they booked, what they wait for, and their appointments if they practise.</summary>
public static class ExportPerson
{
    /// <param name="Email">Confirmed as the account's, so that what was booked as a guest is theirs too.</param>
    public sealed record Request(Guid AccountId, string Email, Guid? PractitionerId, IReadOnlyList<Guid> BookingIds, IReadOnlyList<Guid> WaitlistEntryIds);

    public sealed record Response(IReadOnlyList<BookingView> AsClient, IReadOnlyList<BookingView> AsPractitioner, IReadOnlyList<WaitlistView> Waiting);

    public static void Map(IEndpointRouteBuilder inner) => inner.MapPost("/export", Handle);

    public static async Task<Ok<Response>> Handle(Request person, BookingsDb db, Views views, SecretBox box, TimeProvider clock, CancellationToken ct)
    {
        var all = db.Bookings.AsNoTracking().AsSingleQuery().OrderBy(b => b.StartsAt).ThenBy(b => b.Id);
        var booked = await all.BookedBy(person.AccountId, person.Email).ToListAsync(ct);
        var appointments = person.PractitionerId is { } practitioner ? await all.Where(b => b.PractitionerId == practitioner).ToListAsync(ct) : [];
        var email = person.Email.ToLowerInvariant();
        var waiting = await db.Waitlist.AsNoTracking().Where(e => e.AccountId == person.AccountId || e.Email == email).OrderBy(e => e.Id).ToListAsync(ct);

        var now = clock.GetUtcNow();
        db.AddRange(appointments.Select(booking => EntrustedRead.Of(booking, person.AccountId, now)));
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Response(
            [.. booked.Select(views.ForWhoeverBooked)],
            [.. appointments.Select(b => views.For(Party.Practitioner, b))],
            [.. waiting.Select(entry => WaitlistView.Of(entry, box))]));
    }
}
