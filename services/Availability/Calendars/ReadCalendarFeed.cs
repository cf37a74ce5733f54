using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>A practitioner asks for the secret address at which other calendars can follow their visits.</summary>
public static class ReadCalendarFeed
{
    public const string Purpose = "feed";

    public sealed record Response(Uri Url)
    {
        public static Response Of(Guid practitionerId, int version, LinkTokens tokens, AvailabilityOptions options) =>
            new(new Uri(options.PublicUrl, $"/api/v1/calendar-feeds/{practitionerId}/{tokens.Make(Purpose, practitionerId, version)}.ics"));
    }

    public static void Map(IEndpointRouteBuilder desk) => desk.MapGet("/calendar-feed", Handle).WithName(nameof(ReadCalendarFeed));

    public static async Task<Ok<Response>> Handle(
        CurrentPractitioner me, AvailabilityDb db, LinkTokens tokens, AvailabilityOptions options, CancellationToken ct)
    {
        return TypedResults.Ok(new Response(await AddressOf(me.Id, db, tokens, options, ct)));
    }

    internal static async Task<Uri> AddressOf(Guid practitionerId, AvailabilityDb db, LinkTokens tokens, AvailabilityOptions options, CancellationToken ct)
    {
        var versions = await db.Practitioners.Where(p => p.Id == practitionerId).Select(p => p.FeedVersion).ToListAsync(ct);
        return Response.Of(practitionerId, versions is [var version] ? version : Practitioner.FirstFeedVersion, tokens, options).Url;
    }
}
