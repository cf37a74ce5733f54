using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Platform;

namespace Availability;

/// <summary>Whoever has the secret address reads when a practitioner's visits are: from a month ago on, without a word of whom or what for.</summary>
public static class ServeCalendarFeed
{
    private const string MediaType = "text/calendar; charset=utf-8";
    private const int DaysBack = 30;

    public static void Map(IEndpointRouteBuilder feeds) => feeds
        .MapGet("/{practitionerId:guid}/{token}.ics", Handle)
        .WithName(nameof(ServeCalendarFeed))
        .Produces(StatusCodes.Status200OK, contentType: MediaType)
        .ProducesProblem(StatusCodes.Status404NotFound);

    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(
        Guid practitionerId, string token, HttpContext http, AvailabilityDb db, LinkTokens tokens, AvailabilityOptions options, TimeProvider clock, CancellationToken ct)
    {
        // The address is the secret, so it goes into no trace.
        Activity.Current?.SetTag("url.path", "/api/v1/calendar-feeds/(withheld)");
        http.Response.Headers.CacheControl = "no-store";
        var versions = await db.Practitioners.Where(p => p.Id == practitionerId).Select(p => p.FeedVersion).ToListAsync(ct);
        if (!tokens.Fits(token, ReadCalendarFeed.Purpose, practitionerId, versions is [var version] ? version : Practitioner.FirstFeedVersion))
            return Problem.NotFound;

        var since = clock.GetUtcNow().AddDays(-DaysBack);
        var visits = await db.Claims.AsNoTracking()
            .Where(c => c.PractitionerId == practitionerId && c.State == ClaimState.Live && c.Kind == ClaimKind.Appointment && c.EndsAt > since && c.BusyUntil > since)
            .OrderBy(c => c.StartsAt)
            .ToListAsync(ct);
        var file = Encoding.UTF8.GetBytes(VisitEntry.Calendar(visits, options));
        var tag = new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(SHA256.HashData(file))}\"");
        return TypedResults.File(file, MediaType, entityTag: tag);
    }
}
