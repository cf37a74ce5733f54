using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>A practitioner has a calendar elsewhere read, so that nothing is offered while they are busy there. It is asked within seconds.</summary>
public static class AddCalendar
{
    private const int Most = 10;

    /// <param name="Url">Its secret address, https or webcal; never shown again.</param>
    /// <param name="Name">What it is to be called; its host when left out.</param>
    public sealed record Request(string Url, string? Name = null);

    public static void Map(IEndpointRouteBuilder calendars) => calendars
        .MapPost("/", Handle)
        .WithName(nameof(AddCalendar))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static async Task<Results<Created<ListCalendars.Item>, ProblemHttpResult>> Handle(
        Request request, CurrentPractitioner me, AvailabilityDb db, AvailabilityOptions options, SecretBox box, TimeProvider clock, CancellationToken ct)
    {
        var check = new Check();
        check.Text("name", request.Name, 80, optional: true);
        check.That("url", CalendarAddress.TryRead(request.Url, options.FeedsAllowPrivate, out var address), "A public address that begins with https:// or webcal:// is needed.");
        if (check.Failed(out var malformed))
            return malformed;

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await Practitioner.Lock(db, me.Id, ct);
        var others = await db.OutsideCalendars.Where(c => c.PractitionerId == me.Id).Select(c => c.Address).ToListAsync(ct);
        if (others.Count >= Most)
            return Problems.TooManyCalendars;
        if (others.Any(other => box.Open(other, OutsideCalendar.Purpose) == address!.AbsoluteUri))
            return Problems.CalendarKnown;

        var name = string.IsNullOrWhiteSpace(request.Name) ? address!.Host : request.Name.Trim();
        var calendar = OutsideCalendar.Add(me.Id, name, address!.Host, box.Seal(address.AbsoluteUri, OutsideCalendar.Purpose), now);
        db.Add(calendar);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Created((string?)null, ListCalendars.Item.Of(calendar));
    }
}
