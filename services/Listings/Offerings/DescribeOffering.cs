using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Listings.Offerings;

/// <summary>Another service asks what one visit is: who, what, where, for how much, and what a cancellation gives back.</summary>
public static class DescribeOffering
{
    private const int WholePrice = 100;

    /// <param name="DepositPercent">How much of the price is due online.</param>
    public sealed record Response(Who Practitioner, Visit Service, Where Location, Policy Policy, int DepositPercent);

    public sealed record Who(Guid Id, string Slug, string Name, bool Demo);

    public sealed record Visit(
        Guid Id, string Name, int Minutes, Money Price, IReadOnlyList<VisitFormat> Formats, bool FirstVisit, BookingMode BookingMode, ForWhom ForWhom);

    /// <param name="AddressLine">For those who have booked; the public may see the locality only.</param>
    public sealed record Where(
        Guid Id, string Name, string? AddressLine, string Locality, string? Region, string Country, string TimeZone, string? Directions, VisitFormat Format);

    public static void Map(IEndpointRouteBuilder inner) => inner.MapGet("/offerings/{practitionerId:guid}/{serviceId:guid}", Handle);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid practitionerId, Guid serviceId, Guid locationId, ListingsDb db, CancellationToken ct)
    {
        if (await db.Practitioners.AsNoTracking().SingleOrDefaultAsync(p => p.Id == practitionerId && p.Published != null, ct) is not { } practitioner)
            return Problems.NotFound;
        var listing = practitioner.Published!;
        if (listing.Services.FirstOrDefault(s => s.Id == serviceId) is not { } service
            || listing.Locations.FirstOrDefault(l => l.Id == locationId) is not { } location
            || !service.IsAt(location))
            return Problems.NotFound;

        var format = service.Formats.Intersect(location.Formats).Min();
        // Nobody comes to the door of a call or a home visit, and it may be a private one: a call that costs nothing would show it to anybody.
        var comes = format == VisitFormat.InPerson;
        return TypedResults.Ok(new Response(
            new(practitioner.Id, practitioner.Slug!, listing.Name!, practitioner.Demo),
            new(serviceId, service.Name, service.Minutes, service.Price, service.Formats, service.FirstVisit, service.BookingMode, service.ForWhom ?? new()),
            new(
                locationId, location.Name, comes && location.AddressLines.Count > 0 ? string.Join(", ", location.AddressLines) : null,
                location.Locality, location.Region, location.Country, location.TimeZone!, comes ? location.Directions : null, format),
            listing.Policy!,
            WholePrice));
    }
}
