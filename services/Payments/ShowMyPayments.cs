using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Payments;

/// <summary>A practitioner looks at their money: whether they can be paid, and what has moved, newest first.</summary>
public static class ShowMyPayments
{
    /// <param name="State"><c>none</c>, <c>incomplete</c> (Stripe wants to know more) or <c>ready</c>.</param>
    public sealed record Account(string State, bool ChargesEnabled, bool PayoutsEnabled, bool Demo)
    {
        internal static readonly Account None = new("none", false, false, false);

        /// <summary>Somebody invented can be paid from the start: the first checkout opens the account.</summary>
        internal static readonly Account Invented = new("ready", true, true, true);

        internal static Account Of(ConnectedAccount account) =>
            new(account.ChargesEnabled ? "ready" : "incomplete", account.ChargesEnabled, account.PayoutsEnabled, account.Demo);
    }

    /// <param name="Gross">What the client paid, or got back (negative).</param>
    /// <param name="Fee">The platform's part of it.</param>
    /// <param name="Net">The practitioner's part of it.</param>
    public sealed record Item(Guid Id, DateTimeOffset At, LedgerKind Kind, Guid BookingId, Money Gross, Money Fee, Money Net)
    {
        internal static Item Of(Movement m) => new(
            m.TransactionId, m.At, Enum.Parse<LedgerKind>(m.Kind, true), m.BookingId,
            new Money(m.Gross, m.Currency), new Money(m.Fee, m.Currency), new Money(m.Net, m.Currency));
    }

    public sealed record Response(Account Account, IReadOnlyList<Item> Items, string? NextCursor);

    private sealed record Position(Guid Before);

    public static void Map(IEndpointRouteBuilder mine) => mine.MapGet("/", Handle).WithName(nameof(ShowMyPayments));

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CurrentPractitioner me, PaymentsDb db, ListingsClient listings, PaymentOptions options, Cursors cursors, CancellationToken ct, int limit = 20, string? cursor = null)
    {
        var check = new Check();
        check.Between("limit", limit, 1, 100);
        if (check.Failed(out var problem))
            return problem;

        var list = $"payments {me.Id}";
        Position? position = null;
        if (cursor is not null && !cursors.TryOpen(cursor, list, out position))
            return Cursors.Forged;

        var account = await db.ConnectedAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.PractitionerId == me.Id, ct);
        var lines = await Movement.Of(db, me.Id, position?.Before).OrderByDescending(m => m.TransactionId).Take(limit + 1).ToListAsync(ct);
        return TypedResults.Ok(new Response(
            account is not null ? Account.Of(account) : !options.IsLive && await listings.IsInvented(me.Id, ct) ? Account.Invented : Account.None,
            [.. lines.Take(limit).Select(Item.Of)],
            lines.Count > limit ? cursors.Seal(new Position(lines[limit - 1].TransactionId), list) : null));
    }
}

/// <summary>A ledger transaction as its practitioner reads it, in minor units.</summary>
public sealed record Movement(Guid TransactionId, DateTimeOffset At, string Kind, Guid BookingId, string Currency, long Gross, long Fee, long Net)
{
    /// <summary>In no order; ids are older first. What is between the platform and a client, such as a refund that came back, is not theirs to read; a part too small for a share of theirs is.</summary>
    /// <param name="before">Only older ones than this; all when null.</param>
    public static IQueryable<Movement> Of(PaymentsDb db, Guid practitionerId, Guid? before = null) => db.Database.SqlQuery<Movement>(
        $"""
        SELECT transaction_id AS "TransactionId", min(at) AS "At", kind AS "Kind", booking_id AS "BookingId", currency AS "Currency",
               coalesce(sum(amount_minor) FILTER (WHERE account = 'stripeBalance'), 0)::bigint AS "Gross",
               -coalesce(sum(amount_minor) FILTER (WHERE account = 'platformFees'), 0)::bigint AS "Fee",
               -coalesce(sum(amount_minor) FILTER (WHERE account = 'practitionerPayable'), 0)::bigint AS "Net"
        FROM ledger_entries
        WHERE practitioner_id = {practitionerId} AND ({before}::uuid IS NULL OR transaction_id < {before}::uuid)
        GROUP BY transaction_id, kind, booking_id, currency
        HAVING NOT bool_or(account = 'clientRefunds')
        """);
}
