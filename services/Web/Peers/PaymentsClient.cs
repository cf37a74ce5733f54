using Microsoft.AspNetCore.WebUtilities;

namespace Web.Peers;

/// <summary>The money: a practitioner's own, and what an operator has to look at.</summary>
public sealed class PaymentsClient(HttpClient http)
{
    private const string MyMoney = "/api/v1/me/payments";

    public Task<MyPayments> Mine(string? cursor, CancellationToken ct) =>
        http.Ask<MyPayments>(cursor is null ? MyMoney : QueryHelpers.AddQueryString(MyMoney, "cursor", cursor), ct);

    /// <summary>The page of the payment provider that asks a practitioner who they are.</summary>
    /// <param name="country">Where they practise, two letters; null leaves it open.</param>
    public Task<Onboarding> Onboard(string? country, CancellationToken ct) =>
        http.Send<Onboarding>(HttpMethod.Post, $"{MyMoney}/onboarding", new { country }, ct);

    /// <summary>All movements of the caller's money, as a spreadsheet reads them.</summary>
    public async Task<byte[]> Statement(CancellationToken ct)
    {
        using var answer = await http.Send(HttpMethod.Get, $"{MyMoney}/statement.csv", null, ct);
        return await answer.Content.ReadAsByteArrayAsync(ct);
    }

    public async Task<IReadOnlyList<Unsettled>> Unsettled(CancellationToken ct) => (await http.Ask<Items<Unsettled>>("/api/v1/payments/unsettled", ct)).All;

    public async Task Retry(Guid refund, CancellationToken ct) =>
        (await http.Send(HttpMethod.Post, $"/api/v1/payments/refunds/{refund}/retry", null, ct)).Dispose();
}

public sealed record MyPayments
{
    public required PaymentAccount Account { get; init; }
    public IReadOnlyList<Movement> Items { get; init; } = [];
    public string? NextCursor { get; init; }
}

/// <param name="State"><c>none</c>, <c>incomplete</c> or <c>ready</c>.</param>
public sealed record PaymentAccount(string State, bool PayoutsEnabled, bool Demo);

/// <param name="Kind"><c>payment</c> or <c>refund</c>.</param>
/// <param name="Gross">What the client paid, or got back (negative).</param>
/// <param name="Net">The practitioner's part of it.</param>
public sealed record Movement(DateTimeOffset At, string Kind, Guid BookingId, Price Gross, Price Fee, Price Net);

public sealed record Onboarding(Uri Url);

/// <summary>Money that is not where it belongs after five minutes, or what Stripe said that a person must look at.</summary>
/// <param name="Kind"><c>payment</c>, <c>refund</c>, <c>checkout</c> or <c>event</c>.</param>
public sealed record Unsettled(string Kind, string Id, Guid? BookingId, Price? Amount, DateTimeOffset Since, string? Detail);
