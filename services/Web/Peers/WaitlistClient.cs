namespace Web.Peers;

/// <summary>Waiting for what cannot be had now.</summary>
public sealed class WaitlistClient(HttpClient http)
{
    private const string Path = "/api/v1/waitlist";

    /// <exception cref="RefusedException"><c>available-now</c>, <c>too-many-waiting</c>, or what is wrong with the address or the search.</exception>
    public Task<Joined> Join(string email, Sought sought, Guid press, CancellationToken ct) =>
        http.Send<Joined>(HttpMethod.Post, Path, new { email, sought.Search, sought.PractitionerId, sought.ServiceId }, ct, ("Idempotency-Key", press.ToString("N")));

    /// <summary>Null when there is none any more, or not for this caller.</summary>
    public Task<WaitlistEntry?> Entry(Guid id, string? token, CancellationToken ct) => http.AskMaybe<WaitlistEntry>($"{Path}/{id}", ct, (Answers.ManageTokenHeader, token));

    public async Task Leave(Guid id, string? token, CancellationToken ct) =>
        (await http.Send(HttpMethod.Delete, $"{Path}/{id}", null, ct, (Answers.ManageTokenHeader, token))).Dispose();
}

/// <summary>What is waited for: whoever fits a search of the directory, or a free time for one practitioner's visit.</summary>
public sealed record Sought(string? Search, Guid? PractitionerId = null, Guid? ServiceId = null);

public sealed record Joined(Guid Id, string ManageToken);

public sealed record WaitlistEntry(Guid Id, string Status, string? Search, Guid? PractitionerId, Guid? ServiceId, DateTimeOffset Until)
{
    public bool IsAnswered => Status == "answered";
}
