using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TestKit;

namespace Bookings.Tests;

/// <summary>Stands where Payments would: one checkout per booking.</summary>
public sealed class PaymentsPeer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, CheckoutRequest> checkouts = new();
    private FakePeer peer = null!;

    private PaymentsPeer()
    {
    }

    public Uri Url => peer.Url;

    public IReadOnlyDictionary<Guid, CheckoutRequest> Checkouts => checkouts;

    /// <summary>What is said instead of the truth, if anything.</summary>
    public Func<HttpContext, Task<IResult?>> Instead { get; set; } = _ => Task.FromResult<IResult?>(null);

    public static async Task<PaymentsPeer> Start()
    {
        var payments = new PaymentsPeer();
        payments.peer = await FakePeer.Start(app => app.MapPost("/internal/checkouts", async (HttpContext http, CheckoutRequest request) =>
        {
            if (await payments.Instead(http) is { } instead)
                return instead;
            payments.checkouts[request.BookingId] = request;
            return TypedResults.Ok(new { checkoutUrl = $"http://pay.example.org/{request.BookingId}" });
        }));
        return payments;
    }

    public Task Stop() => peer.Stop();

    public ValueTask DisposeAsync() => peer.DisposeAsync();
}
