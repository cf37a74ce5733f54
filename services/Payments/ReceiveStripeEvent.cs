using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Platform;
using Stripe;

namespace Payments;

/// <summary>Stripe tells what has happened. It does so at least once, in any order, and is believed by its signature only.</summary>
public static class ReceiveStripeEvent
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/webhooks/stripe", Handle)
        .WithName(nameof(ReceiveStripeEvent))
        .ProducesProblem(StatusCodes.Status400BadRequest);

    public static async Task<Results<Ok, ProblemHttpResult>> Handle(
        HttpRequest request, [FromHeader(Name = "Stripe-Signature")] string? signature,
        PaymentsDb db, PaymentOptions options, TimeProvider clock, ILogger<StripeEvent> log, CancellationToken ct)
    {
        // Read with its own encoding and nothing else: the signature is over these bytes.
        using var reader = new StreamReader(request.Body, new UTF8Encoding(false, true), detectEncodingFromByteOrderMarks: false);
        var now = clock.GetUtcNow();
        string body;
        try
        {
            body = await reader.ReadToEndAsync(ct);
        }
        catch (DecoderFallbackException)
        {
            return Problems.ForgedSignature;
        }

        if (!options.StripeWebhookSecret.Any(secret => IsSigned(body, signature, secret, now)))
            return Problems.ForgedSignature;

        // Stripe gives no id or type with control characters in it, and the database could not keep one.
        if (Read(body) is not { Id.Length: > 0, Type.Length: > 0 } happened || $"{happened.Id}{happened.Type}{happened.ApiVersion}".Any(char.IsControl))
            return Problem.Validation("", "This is not an event.");

        await ApplyStripeEvent.Once(db, happened, body, now, log, ct);
        return TypedResults.Ok();
    }

    private static Event? Read(string body)
    {
        try
        {
            return EventUtility.ParseEvent(body, throwOnApiVersionMismatch: false);
        }
        catch (Exception e) when (e is JsonException or StripeException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsSigned(string body, string? signature, string secret, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(signature))
            return false;
        try
        {
            EventUtility.ValidateSignature(body, signature, secret, EventUtility.DefaultTimeTolerance, now.ToUnixTimeSeconds());
            return true;
        }
        catch (Exception e) when (e is StripeException or FormatException or OverflowException or ArgumentException)
        {
            // The published library lets an unreadable timestamp surface as what its parsing threw.
            return false;
        }
    }
}
