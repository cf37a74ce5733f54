namespace Web.Peers;

/// <summary>A practitioner's connected calendars, and the feed that those can follow.</summary>
public sealed class CalendarsClient(HttpClient http)
{
    private const string Mine = "/api/v1/me/calendars";

    public async Task<IReadOnlyList<OutsideCalendar>> All(CancellationToken ct) => (await http.Ask<Items<OutsideCalendar>>(Mine, ct)).All;

    /// <exception cref="RefusedException">400 with what is wrong with the address; 409 when it is there already, or there are too many.</exception>
    public async Task Add(string url, string? name, CancellationToken ct) => (await http.Send(HttpMethod.Post, Mine, new { url, name }, ct)).Dispose();

    public async Task Drop(Guid id, CancellationToken ct) => (await http.Send(HttpMethod.Delete, $"{Mine}/{id}", null, ct)).Dispose();

    /// <param name="action"><c>ignore</c> or <c>retry</c>.</param>
    public async Task Tell(Guid id, string action, CancellationToken ct) => (await http.Send(HttpMethod.Post, $"{Mine}/{id}/{action}", null, ct)).Dispose();

    public async Task<Uri> Feed(CancellationToken ct) => (await http.Ask<OwnFeed>("/api/v1/me/calendar-feed", ct)).Url;

    public async Task RenewFeed(CancellationToken ct) => (await http.Send(HttpMethod.Post, "/api/v1/me/calendar-feed/rotate", null, ct)).Dispose();

    private sealed record OwnFeed(Uri Url);
}

/// <param name="State"><c>waiting</c>, <c>current</c>, <c>failing</c>, <c>withdrawn</c> or <c>ignored</c>.</param>
/// <param name="Problem">A sentence.</param>
public sealed record OutsideCalendar(
    Guid Id, string Name, string Host, string State, DateTimeOffset? LastSuccessAt, DateTimeOffset NextTryAt,
    DateTimeOffset? FailingSince, string? Problem, DateTimeOffset? WithdrawsAt);
