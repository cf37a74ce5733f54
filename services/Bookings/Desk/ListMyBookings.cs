using System.Globalization;
using System.Text.Json;
using Bookings.Reading;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Bookings.Desk;

/// <summary>Practitioners see their appointment book, clients their bookings; in the order of the visits.</summary>
public static class ListMyBookings
{
    public sealed record Response(IReadOnlyList<BookingView> Items, string? NextCursor);

    private sealed record Position(DateTimeOffset StartsAt, Guid Id);

    public static void Map(IEndpointRouteBuilder mine) => mine
        .MapGet("/", Handle)
        .WithName(nameof(ListMyBookings))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized);

    /// <param name="from">A date, read where the visit takes place and included, or an instant.</param>
    /// <param name="to">A date, included, or an instant, excluded.</param>
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CurrentUser user, BookingsDb db, Views views, Cursors cursors, TimeProvider clock, CancellationToken ct,
        string? from = null, string? to = null, [FromQuery] string[]? status = null, int limit = 20, string? cursor = null)
    {
        var party = user is { PractitionerId: not null } && user.Roles.Contains("practitioner") ? Party.Practitioner : Party.Client;
        var all = db.Bookings.AsNoTracking().AsSingleQuery();
        all = party is Party.Practitioner ? all.Where(b => b.PractitionerId == user.PractitionerId) : all.BookedBy(user.Id, user.Email);

        var check = new Check();
        check.Between("limit", limit, 1, 100);
        all = Since(all, from, check);
        all = Until(all, to, check);
        var wanted = new List<BookingStatus>();
        foreach (var name in status ?? [])
        {
            if (check.That("status", TryStatus(name, out var known), "There is no such status."))
                wanted.Add(known);
        }
        if (check.Failed(out var malformed))
            return malformed;
        if (wanted.Count > 0)
            all = all.Where(b => wanted.Contains(b.Status));

        var list = $"{user.Id} {from} {to} {string.Join(',', wanted)}";
        if (cursor is not null)
        {
            if (!cursors.TryOpen<Position>(cursor, list, out var after))
                return Cursors.Forged;
            all = all.Where(b => b.StartsAt > after.StartsAt || (b.StartsAt == after.StartsAt && b.Id > after.Id));
        }

        var found = await all.OrderBy(b => b.StartsAt).ThenBy(b => b.Id).Take(limit + 1).ToListAsync(ct);
        var page = found.Take(limit).ToList();
        if (party is Party.Practitioner && page.Count > 0)
        {
            var now = clock.GetUtcNow();
            db.AddRange(page.Select(booking => EntrustedRead.Of(booking, user.Id, now)));
            await db.SaveChangesAsync(ct);
        }
        return TypedResults.Ok(new Response(
            [.. page.Select(booking => views.For(party, booking))],
            found.Count > limit ? cursors.Seal(new Position(page[^1].StartsAt, page[^1].Id), list) : null));
    }

    private static IQueryable<Booking> Since(IQueryable<Booking> bookings, string? from, Check check)
    {
        if (from is null)
            return bookings;
        if (TryDate(from, out var date))
            return bookings.Where(b => b.AgreedLocal >= date);
        check.That("from", TryInstant(from, out var instant), "A date or an instant with its offset, please.");
        return bookings.Where(b => b.StartsAt >= instant);
    }

    private static IQueryable<Booking> Until(IQueryable<Booking> bookings, string? to, Check check)
    {
        if (to is null)
            return bookings;
        if (TryDate(to, out var date))
            return bookings.Where(b => b.AgreedLocal < date.AddDays(1));
        check.That("to", TryInstant(to, out var instant), "A date or an instant with its offset, please.");
        return bookings.Where(b => b.StartsAt < instant);
    }

    private static bool TryDate(string text, out DateTime date) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date) && date.Year < 9999;

    private static bool TryInstant(string text, out DateTimeOffset instant)
    {
        var read = Json.TryQueryInstant(text, out instant);
        instant = instant.ToUniversalTime();
        return read;
    }

    private static bool TryStatus(string name, out BookingStatus status) =>
        Enum.TryParse(name, true, out status) && JsonNamingPolicy.CamelCase.ConvertName(status.ToString()) == name;
}
