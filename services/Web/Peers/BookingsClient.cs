using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Web.Peers;

/// <summary>The agreement: asked for, looked at, changed, called off.</summary>
public sealed class BookingsClient(HttpClient http)
{
    public Task<SafetyScreen> SafetyScreen(string forWhom, string? country, CancellationToken ct) =>
        http.Ask<SafetyScreen>(QueryHelpers.AddQueryString("/api/v1/safety-screen", new Dictionary<string, string?> { ["for"] = forWhom, ["country"] = country }), ct);

    /// <exception cref="RefusedException">The time is taken, or something in the request is wrong.</exception>
    public Task<Requested> Request(BookingRequest request, string idempotencyKey, CancellationToken ct) =>
        http.Send<Requested>(HttpMethod.Post, "/api/v1/bookings", request, ct, (IdempotencyKey, idempotencyKey));

    /// <summary>Null when there is none, or not for this caller.</summary>
    public Task<Booking?> Booking(Guid id, string? token, CancellationToken ct) => http.AskMaybe<Booking>($"/api/v1/bookings/{id}", ct, (Answers.ManageTokenHeader, token));

    public Task<CancelPreview> CancelPreview(Guid id, string? token, CancellationToken ct) =>
        http.Ask<CancelPreview>($"/api/v1/bookings/{id}/cancel-preview", ct, (Answers.ManageTokenHeader, token));

    /// <param name="refund">What was shown: with any other refund nothing is cancelled.</param>
    /// <exception cref="RefusedException">409: the refund is another one by now, or there is nothing to cancel.</exception>
    public Task<Cancelled> Cancel(Guid id, string? token, Price refund, string idempotencyKey, CancellationToken ct) =>
        http.Send<Cancelled>(HttpMethod.Post, $"/api/v1/bookings/{id}/cancel", new { refund }, ct, (Answers.ManageTokenHeader, token), (IdempotencyKey, idempotencyKey));

    public Task<ReschedulePreview> ReschedulePreview(Guid id, string? token, DateTimeOffset start, CancellationToken ct) =>
        http.Ask<ReschedulePreview>(
            QueryHelpers.AddQueryString($"/api/v1/bookings/{id}/reschedule-preview", "start", start.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)), ct,
            (Answers.ManageTokenHeader, token));

    public async Task Reschedule(Guid id, string? token, DateTimeOffset start, Guid location, string idempotencyKey, CancellationToken ct) =>
        (await http.Send(HttpMethod.Post, $"/api/v1/bookings/{id}/reschedule", new { start, locationId = location }, ct,
            (Answers.ManageTokenHeader, token), (IdempotencyKey, idempotencyKey))).Dispose();

    /// <summary>The calendar file of a visit.</summary>
    public async Task<byte[]> Calendar(Guid id, string? token, CancellationToken ct)
    {
        using var answer = await http.Send(HttpMethod.Get, $"/api/v1/bookings/{id}/calendar.ics", null, ct, (Answers.ManageTokenHeader, token));
        return await answer.Content.ReadAsByteArrayAsync(ct);
    }

    /// <summary>The caller's own visits of these days, or from that day on; all of them, in their order.</summary>
    public async Task<IReadOnlyList<Booking>> Mine(DateOnly from, DateOnly? to, CancellationToken ct)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/api/v1/me/bookings?from={from:yyyy-MM-dd}{(to is null ? "" : "&to=")}{to:yyyy-MM-dd}&limit=100");
        var all = new List<Booking>();
        string? cursor = null;
        do
        {
            var page = await http.Ask<Items<Booking>>(cursor is null ? path : QueryHelpers.AddQueryString(path, "cursor", cursor), ct);
            all.AddRange(page.All);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }

    /// <summary>The caller's first visit from that day on that was not called off.</summary>
    public async Task<Booking?> NextOfMine(DateOnly from, CancellationToken ct) =>
        (await http.Ask<Items<Booking>>(string.Create(CultureInfo.InvariantCulture, $"/api/v1/me/bookings?from={from:yyyy-MM-dd}&status=confirmed&status=awaitingPayment&status=completed&status=noShow&limit=1"), ct)).All is [var next, ..] ? next : null;

    /// <summary>What calling the rest of a day off would do.</summary>
    public Task<DayOffPreview> DayOffPreview(DateOnly date, CancellationToken ct) =>
        http.Ask<DayOffPreview>(string.Create(CultureInfo.InvariantCulture, $"/api/v1/me/days/{date:yyyy-MM-dd}/cancel-preview"), ct);

    public Task<DayOff> CallOff(DateOnly date, string? reason, CancellationToken ct) =>
        http.Send<DayOff>(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"/api/v1/me/days/{date:yyyy-MM-dd}/cancel"), new { reason }, ct);

    /// <exception cref="RefusedException">400 with what is missing, or <c>slot-taken</c>.</exception>
    public Task<Booking> Enter(NewVisit visit, string idempotencyKey, CancellationToken ct) =>
        http.Send<Booking>(HttpMethod.Post, "/api/v1/me/bookings", visit, ct, (IdempotencyKey, idempotencyKey));

    /// <param name="action"><c>complete</c>, <c>no-show</c> or <c>cancel</c>.</param>
    public async Task Settle(Guid id, string action, string? reason, string idempotencyKey, CancellationToken ct) =>
        (await http.Send(HttpMethod.Post, $"/api/v1/me/bookings/{id}/{action}", reason is null ? null : new { reason }, ct, (IdempotencyKey, idempotencyKey))).Dispose();

    /// <summary>The practitioner gives a part of what was paid back; the visit stays.</summary>
    public async Task GiveBack(Guid id, Price amount, string idempotencyKey, CancellationToken ct) =>
        (await http.Send(HttpMethod.Post, $"/api/v1/me/bookings/{id}/refund", new { amount }, ct, (IdempotencyKey, idempotencyKey))).Dispose();

    private const string IdempotencyKey = "Idempotency-Key";
}
