using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Accounts.Oneself;

/// <summary>A person exports all that is kept about them, here and by the other services, except what only proves who they are.</summary>
public static class ExportMe
{
    /// <param name="Bookings">As a client, and as a practitioner; and what they wait for.</param>
    /// <param name="Mails">Which mails were written to them and when; what the mails said is not kept.</param>
    /// <param name="Listing">Of practitioners only, like what follows.</param>
    /// <param name="Time">Hours, time off and calendars.</param>
    public sealed record Response(
        ShowMe.Response Account, IReadOnlyList<SignedIn> Sessions, JsonElement Bookings, JsonElement Mails,
        JsonElement? Listing, JsonElement? Time, JsonElement? Payments, DateTimeOffset ExportedAt);

    public sealed record SignedIn(DateTimeOffset StartedAt, DateTimeOffset LastUsedAt, DateTimeOffset? EndedAt);

    public static void Map(IEndpointRouteBuilder me) => me
        .MapGet("/export", Handle)
        .WithName(nameof(ExportMe))
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CurrentUser user, HttpContext http, AccountsDb db, BookingsClient bookings, NotificationsClient notifications, ListingsClient listings,
        AvailabilityClient availability, PaymentsClient payments, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Accounts.FindAsync([user.Id], ct) is not { } account)
            return Problem.Unauthenticated;
        var sessions = await db.Sessions.Where(s => s.AccountId == user.Id).OrderBy(s => s.StartedAt)
            .Select(s => new SignedIn(s.StartedAt, s.LastUsedAt, s.EndedAt)).ToListAsync(ct);

        // A service that does not answer ends it: half an export would pass for a whole one.
        var person = new Person(account.Id, account.Email!, account.PractitionerId, [], []);
        var booked = await bookings.Export(person, ct);
        person = person with { BookingIds = Ids(booked, "asClient"), WaitlistEntryIds = Ids(booked, "waiting") };
        var practises = account.PractitionerId is not null;
        var response = new Response(
            ShowMe.Response.Of(account), sessions, booked, await notifications.Export(person, ct),
            practises ? await listings.Export(person, ct) : null,
            practises ? await availability.Export(person, ct) : null,
            practises ? await payments.Export(person, ct) : null,
            clock.GetUtcNow());

        http.Response.Headers.ContentDisposition = "attachment; filename=account.json";
        return TypedResults.Ok(response);
    }

    private static Guid[] Ids(JsonElement booked, string list) => [.. booked.GetProperty(list).EnumerateArray().Select(thing => thing.GetProperty("id").GetGuid())];
}
