using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;
using Stripe;

namespace Payments;

/// <summary>A practitioner wants to be paid: Stripe's own page asks who they are and where the money goes.</summary>
public static class StartOnboarding
{
    /// <param name="Country">ISO 3166-1 alpha-2, where they practise; Stripe cannot change it afterwards. The platform's own when left out.</param>
    public sealed record Request(string? Country = null);

    /// <param name="Url">Good once, for a few minutes.</param>
    public sealed record Response(Uri Url, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder mine) => mine
        .MapPost("/onboarding", Handle)
        .WithName(nameof(StartOnboarding))
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CurrentUser user, CurrentPractitioner me, PaymentsDb db, ListingsClient listings, AccountService accounts, AccountLinkService links,
        PaymentOptions options, TimeProvider clock, ILogger<ConnectedAccount> log, CancellationToken ct, Request? request = null)
    {
        var check = new Check();
        check.That("country", request?.Country is null or [>= 'A' and <= 'Z', >= 'A' and <= 'Z'], "Two capital letters, please.");
        if (check.Failed(out var problem))
            return problem;

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(StripeConnection.Patience);
        try
        {
            var account = !options.IsLive && await listings.IsInvented(me.Id, ct)
                ? await OpenAccount.ForDemo(db, accounts, me.Id, clock.GetUtcNow(), patience.Token)
                : await OpenAccount.ForPractitioner(db, accounts, me.Id, user.Email, request?.Country, clock.GetUtcNow(), patience.Token);
            await Refresh(db, accounts, account, clock, patience.Token);

            var back = new Uri(options.PublicUrl, "/desk/payments");
            var link = await links.CreateAsync(
                new AccountLinkCreateOptions
                {
                    Account = account.StripeAccountId,
                    Type = "account_onboarding",
                    RefreshUrl = back.AbsoluteUri,
                    ReturnUrl = back.AbsoluteUri,
                },
                cancellationToken: patience.Token);
            return TypedResults.Ok(new Response(new Uri(link.Url), new DateTimeOffset(link.ExpiresAt, TimeSpan.Zero)));
        }
        catch (StripeException refusal) when (refusal.StripeError?.Param == "country")
        {
            return Problem.Validation("country", "Payments do not reach this country yet.");
        }
        catch (Exception e) when (e is StripeException || StripeConnection.IsAway(e, ct))
        {
            if (e is StripeException refusal)
                log.LogError("Stripe refused to onboard practitioner {PractitionerId}: {Code}", me.Id, StripeConnection.Code(refusal));
            throw new UnavailableException("Stripe", e);
        }
    }

    /// <summary>Events of connected accounts are missing from the list that CatchUpOnEvents reads, so a lost one is made up for here.</summary>
    private static async Task Refresh(PaymentsDb db, AccountService accounts, ConnectedAccount known, TimeProvider clock, CancellationToken ct)
    {
        var asked = clock.GetUtcNow();
        known.See(await accounts.GetAsync(known.StripeAccountId, cancellationToken: ct), asked);
        await db.SaveChangesAsync(ct);
    }
}
