using Listings.Places;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform;

namespace Listings.Desk;

/// <summary>A practitioner writes the whole listing anew. The public goes on seeing what was approved until a moderator approves this.</summary>
public static class WriteMyListing
{
    public static void Map(IEndpointRouteBuilder mine) => mine
        .MapPut("/", Handle)
        .WithName(nameof(WriteMyListing))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status428PreconditionRequired);

    public static async Task<Results<Ok<MyListing>, ProblemHttpResult>> Handle(
        Listing listing, CurrentUser user, ListingsDb db, Gazetteer gazetteer, TimeProvider clock, HttpContext http, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await MyListing.Find(user, db, now, ct) is not { } practitioner)
            return Problems.NoPractitioner;
        if (ETags.Require(http, practitioner.Version) is { } stale)
            return stale;

        var check = new Check();
        ListingCheck.Of(check, listing, practitioner.KnownIds(), DateOnly.FromDateTime(now.UtcDateTime));
        if (check.Failed(out var problem))
            return problem;

        var isNew = db.Entry(practitioner).State == EntityState.Detached;
        if (isNew)
            db.Add(practitioner);
        practitioner.Rewrite(await Completion.Of(listing, practitioner.Current, gazetteer, now, ct), now);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Problems.Stale;
        }
        catch (DbUpdateException e) when (isNew && e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Problems.Stale;
        }
        return TypedResults.Ok(MyListing.Answer(practitioner, http));
    }
}
