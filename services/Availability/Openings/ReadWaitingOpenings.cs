using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Availability;

/// <summary>Listings asks which changes of openings no broker has taken yet, so that what is booked leaves the results while the broker is away, too.</summary>
public static class ReadWaitingOpenings
{
    private const int Most = 100;

    /// <summary>Who asks each second has heard of those before; whoever has not hears of them from the broker.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(1);

    public static void Map(IEndpointRouteBuilder inner) => inner.MapGet("/openings/waiting", Handle);

    public static async Task<Ok<IReadOnlyList<OpeningsChanged>>> Handle(AvailabilityDb db, TimeProvider clock, CancellationToken ct) =>
        TypedResults.Ok(await db.Waiting<OpeningsChanged>(clock.GetUtcNow() - Lately, Most, ct));
}
