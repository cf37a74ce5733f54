using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Listings.Desk;

/// <summary>What Listings adds when a practitioner exports their data: the listing, as written and as shown, and what was decided about it. Accounts asks for it.</summary>
public static class ExportPerson
{
    public sealed record Request(Guid AccountId, string Email, Guid PractitionerId, IReadOnlyList<Guid> BookingIds, IReadOnlyList<Guid> WaitlistEntryIds);

    /// <param name="Written">Null while nothing was written.</param>
    /// <param name="Published">What the public sees; null while it sees nothing.</param>
    public sealed record Response(MyListing? Written, Listing? Published, string? ContactEmail, IReadOnlyList<Decided> Decisions);

    public sealed record Decided(DateTimeOffset At, Verdict Verdict, Guid? CredentialId, string Reason);

    public static void Map(IEndpointRouteBuilder inner) => inner.MapPost("/export", Handle);

    public static async Task<Ok<Response>> Handle(Request person, ListingsDb db, CancellationToken ct)
    {
        var practitioner = await db.Practitioners.AsNoTracking().SingleOrDefaultAsync(p => p.Id == person.PractitionerId, ct);
        var decisions = await db.Decisions.Where(d => d.PractitionerId == person.PractitionerId).OrderBy(d => d.Id)
            .Select(d => new Decided(d.At, d.Verdict, d.CredentialId, d.Reason)).ToListAsync(ct);
        return TypedResults.Ok(new Response(
            practitioner is null ? null : MyListing.Of(practitioner), practitioner?.Published, practitioner?.ContactEmail, decisions));
    }
}
