using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Contracts;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform;
using TestKit;

namespace Payments.Tests;

/// <summary>Payments as it runs, with Stripe's sandbox on one side and the other services' ears on the broker.</summary>
public sealed class Till : IAsyncDisposable
{
    private readonly FakePeer door;
    private IBusControl? bus;
    private HttpClient? service;

    private Till(FakePeer door, Guid invented, StripeAccount stripe, ServiceFactory<Program, PaymentsDb> payments)
    {
        this.door = door;
        Invented = invented;
        Stripe = stripe;
        Payments = payments;
    }

    /// <summary>A practitioner of the demonstration; all others are real to Listings.</summary>
    public Guid Invented { get; }

    public StripeAccount Stripe { get; }

    public ServiceFactory<Program, PaymentsDb> Payments { get; }

    public FakeClock Clock => Payments.Clock;

    public ConcurrentQueue<PaymentCaptured> Captures { get; } = [];

    public ConcurrentQueue<PaymentRefunded> Refunds { get; } = [];

    public ConcurrentQueue<PaymentRefundReturned> Returns { get; } = [];

    public HttpClient Service => service ??= Payments.AsService();

    /// <param name="webhooks">Whether Stripe tells what happens, or a test does.</param>
    public static async Task<Till> Open(bool webhooks = true, params (string Name, string Value)[] settings)
    {
        var clock = new FakeClock();
        ServiceFactory<Program, PaymentsDb>? payments = null;
        var invented = Guid.CreateVersion7();
        var door = await FakePeer.Start(app =>
        {
            app.MapPost("/webhooks/stripe", async (HttpRequest request) =>
            {
                using var onward = new HttpRequestMessage(HttpMethod.Post, "/webhooks/stripe") { Content = new StreamContent(request.Body) };
                onward.Headers.Add("Stripe-Signature", request.Headers["Stripe-Signature"].ToString());
                using var answer = await payments!.Guest().SendAsync(onward);
                return Results.StatusCode((int)answer.StatusCode);
            });
            app.MapGet("/internal/practitioners/{id:guid}/contact", (Guid id) => Results.Json(new { id, demo = id == invented }));
        });
        var stripe = await StripeAccount.Open(webhooks ? new Uri(door.Url, "/webhooks/stripe").ToString() : null, clock);
        var all = new Dictionary<string, string?>
        {
            ["LISTINGS_URL"] = door.Url.ToString(),
            ["STRIPE_API_BASE"] = stripe.Url,
            ["STRIPE_WEBHOOK_SECRET"] = $"whsec_old, {StripeAccount.Secret}",
            ["PLATFORM_FEE_BPS"] = "250",
            ["RECONCILE_SECONDS"] = "3600",
            ["OUTBOX_POLL_SECONDS"] = "0.1",
        };
        foreach (var (name, value) in settings)
            all[name] = value;
        payments = await ServiceFactory<Program, PaymentsDb>.Start(all, withBroker: true, clock: clock);
        var till = new Till(door, invented, stripe, payments);
        await till.Listen();
        return till;
    }

    public object Ask(Guid bookingId, Guid? practitionerId = null, long amount = 12345, string currency = "USD", bool demo = true) => new
    {
        bookingId,
        practitionerId = practitionerId ?? Guid.CreateVersion7(),
        demo,
        amount = new { amount, currency },
        description = "Visit with Ana Reyes",
        email = "client@example.org",
        successUrl = "http://localhost:8080/bookings/done",
        cancelUrl = "http://localhost:8080/bookings/back",
        holdExpiresAt = Clock.GetUtcNow().AddMinutes(15),
    };

    public Task<HttpResponseMessage> Checkout(object ask) => Service.PostAsJsonAsync("/internal/checkouts", ask);

    /// <summary>A booking with a page to pay on.</summary>
    public async Task<(Guid BookingId, string Url)> Booking(long amount = 12345, Guid? practitionerId = null)
    {
        var id = Guid.CreateVersion7();
        var ask = Ask(id, practitionerId, amount);
        // A machine that runs many tests at once can be slower than the patience for Stripe; the caller then asks again.
        var url = await Eventually.Some(async () =>
        {
            using var answer = await Checkout(ask);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                return null;
            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadFromJsonAsync<CreateCheckout.Response>())!.CheckoutUrl.ToString();
        }, TimeSpan.FromSeconds(30), "there is a page to pay on");
        return (id, url);
    }

    /// <summary>A booking whose money has arrived and been told.</summary>
    public async Task<Guid> PaidBooking(long amount = 12345, string card = StripeAccount.GoodCard, Guid? practitionerId = null)
    {
        var (id, url) = await Booking(amount, practitionerId);
        await Stripe.Pay(url, card);
        await Heard(id);
        return id;
    }

    public Task Heard(Guid bookingId) =>
        Eventually.True(() => Task.FromResult(Captures.Any(c => c.BookingId == bookingId)), what: "the capture is told");

    public Task HeardRefund(Guid bookingId, int count = 1) =>
        Eventually.True(() => Task.FromResult(Refunds.Count(c => c.BookingId == bookingId) >= count), what: "the refund is told");

    public async Task Tell(object message)
    {
        var endpoint = bus!;
        await endpoint.Publish(message, message.GetType());
    }

    /// <summary>Posts an event as Stripe would.</summary>
    public async Task<HttpResponseMessage> Post(string body, string? signature = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/stripe") { Content = new StringContent(body) };
        request.Headers.TryAddWithoutValidation("Stripe-Signature", signature ?? StripeAccount.Sign(body, Clock.GetUtcNow()));
        return await Payments.Guest().SendAsync(request);
    }

    public Task<string?> Status(Guid bookingId) => Payments.Db.Scalar<string>("SELECT status FROM audit_payments WHERE booking_id = $1", bookingId);

    public Task Becomes(Guid bookingId, string status) =>
        Eventually.True(async () => await Status(bookingId) == status, what: $"the payment is {status}");

    /// <summary>What an account holds of a booking, in minor units.</summary>
    public async Task<long> Balance(Guid bookingId, string account) => await Payments.Db.Scalar<long>(
        "SELECT coalesce(sum(amount_minor), 0)::bigint FROM audit_ledger WHERE booking_id = $1 AND account = $2", bookingId, account);

    public async Task<long> Count(string from, params object[] values) => await Payments.Db.Scalar<long>($"SELECT count(*) FROM {from}", values);

    public Task<long> UnevenTransactions() =>
        Count("(SELECT 1 FROM audit_ledger GROUP BY transaction_id, currency HAVING sum(amount_minor) <> 0) uneven");

    public async ValueTask DisposeAsync()
    {
        // Whoever calls ends before whoever is called.
        await Stripe.DisposeAsync();
        await door.DisposeAsync();
        if (bus is not null)
            await bus.StopAsync();
        await Payments.DisposeAsync();
    }

    private async Task Listen()
    {
        bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(new Uri(Payments.Broker.Url));
            rabbit.ReceiveEndpoint("heard", endpoint =>
            {
                endpoint.Handler<PaymentCaptured>(context =>
                {
                    Captures.Enqueue(context.Message);
                    return Task.CompletedTask;
                });
                endpoint.Handler<PaymentRefunded>(context =>
                {
                    Refunds.Enqueue(context.Message);
                    return Task.CompletedTask;
                });
                endpoint.Handler<PaymentRefundReturned>(context =>
                {
                    Returns.Enqueue(context.Message);
                    return Task.CompletedTask;
                });
            });
        });
        await bus.StartAsync();

        // What is published before a queue is bound reaches nobody.
        var own = Payments.Services.GetRequiredService<IBusControl>();
        await Eventually.True(() => Task.FromResult(own.CheckHealth().Status == BusHealthStatus.Healthy), TimeSpan.FromSeconds(30), "the bus is up");
    }
}
