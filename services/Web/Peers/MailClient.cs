namespace Web.Peers;

/// <summary>The mails that were written instead of sent, in development.</summary>
public sealed class MailClient(HttpClient http)
{
    public async Task<IReadOnlyList<MailHead>> All(CancellationToken ct) => (await http.Ask<Items<MailHead>>("/internal/mail", ct)).All;

    /// <param name="name">Null when the address had only space in its place, as pages read it.</param>
    public Task<Mail?> One(string? name, CancellationToken ct) => name is null ? Task.FromResult<Mail?>(null) : http.AskMaybe<Mail>($"/internal/mail/{Uri.EscapeDataString(name)}", ct);
}

public sealed record MailHead(string Name, string? To, string? Subject, DateTimeOffset? SentAt);

public sealed record Mail
{
    public string? To { get; init; }
    public string? Subject { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public string? Text { get; init; }
    public string? Html { get; init; }
    public string? Calendar { get; init; }
}
