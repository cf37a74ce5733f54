namespace Web.Peers;

/// <summary>How each service is, and the actions that set stuck messages going again; as the operator whose page it is.</summary>
public sealed class OperationsClient(HttpClient http, IConfiguration settings)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Null where a service does not answer.</summary>
    public Task<ServiceState?> State(string service, CancellationToken ct) => Ask<ServiceState>(service, "/operations", ct);

    /// <summary>Calendars elsewhere that do not answer; null where Availability does not.</summary>
    public Task<FailingCalendars?> Calendars(CancellationToken ct) => Ask<FailingCalendars>("availability", "/operations/calendars", ct);

    /// <exception cref="RefusedException">404: it has been sent meanwhile.</exception>
    public async Task SendAgain(string service, Guid message, CancellationToken ct) =>
        (await http.Send(HttpMethod.Post, Address(service, $"/operations/outbox/{message}/send"), null, ct)).Dispose();

    /// <summary>To the service that the queue belongs to, which its name begins with.</summary>
    /// <exception cref="RefusedException">404: there is no such queue.</exception>
    public async Task DeliverAgain(string queue, CancellationToken ct) =>
        (await http.Send(HttpMethod.Post, Address(queue.Split('-')[0], $"/operations/queues/{Uri.EscapeDataString(queue)}/deliver"), null, ct)).Dispose();

    private async Task<T?> Ask<T>(string service, string path, CancellationToken ct)
        where T : class
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            return await http.Ask<T>(Address(service, path), patience.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or OperationCanceledException or RefusedException { Status: >= 500 })
        {
            return null;
        }
    }

    private string Address(string service, string path) =>
        service.All(char.IsAsciiLetter) && settings[$"{service.ToUpperInvariant()}_URL"] is { Length: > 0 } at
            ? new Uri(new Uri(at), path).AbsoluteUri
            : throw new RefusedException(404, "not-found", null, null, default);
}

/// <param name="Version">What it is built from: <c>1.0.0+commit</c>.</param>
public sealed record ServiceState(string Version, DateTimeOffset StartedAt, OutboxState Outbox);

/// <param name="Waiting">Messages that are due and have not reached the broker yet.</param>
/// <param name="Dead">Messages that were put aside.</param>
public sealed record OutboxState(long Waiting, DateTimeOffset? OldestAt, long Dead, IReadOnlyList<DeadMessage> FirstDead);

/// <param name="Total">Of which only the first are listed.</param>
public sealed record FailingCalendars(int Total, IReadOnlyList<FailingCalendar> Items);

public sealed record FailingCalendar(Guid Id, Guid PractitionerId, string Host, string State, string Problem, DateTimeOffset FailingSince);

public sealed record DeadMessage(Guid Id, string Type, int Attempts, DateTimeOffset CreatedAt)
{
    /// <summary><c>BookingPaid</c> for <c>Contracts.BookingPaid, Contracts</c>.</summary>
    public string Name => Type.Split(',')[0].Split('.')[^1];
}
