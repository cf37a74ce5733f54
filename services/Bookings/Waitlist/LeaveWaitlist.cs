using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Bookings.Waitlist;

/// <summary>Somebody does not want to be told any more; nothing of the entry is kept.</summary>
public static class LeaveWaitlist
{
    public static void Map(IEndpointRouteBuilder waitlist) => waitlist
        .MapDelete("/{id:guid}", Handle)
        .WithName(nameof(LeaveWaitlist))
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status404NotFound);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, HttpContext http, BookingsDb db, LinkTokens tokens, CancellationToken ct)
    {
        if (await db.WaitlistEntryOf(http, tokens, id, ct) is null)
            return Problems.NotFound;
        await db.Waitlist.Where(e => e.Id == id).ExecuteDeleteAsync(ct);
        return TypedResults.NoContent();
    }
}
