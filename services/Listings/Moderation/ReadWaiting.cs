using Listings.Desk;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Listings.Moderation;

/// <summary>A moderator reads what waits for a decision, longest first.</summary>
public static class ReadWaiting
{
    private const string List = "moderation-queue";

    public sealed record Response(IReadOnlyList<Waiting> Items, string? NextCursor);

    /// <param name="Version">To be sent with the decision, so that it is about what was read.</param>
    /// <param name="Published">What the public sees meanwhile; null when nothing.</param>
    public sealed record Waiting(
        Guid PractitionerId, string? Slug, bool Demo, long Version, DateTimeOffset SubmittedAt, Listing Listing, Listing? Published,
        IReadOnlyList<Issue> Issues, IReadOnlyList<CredentialState> Credentials);

    private sealed record Position(DateTimeOffset At, Guid Id);

    public static void Map(IEndpointRouteBuilder moderation) => moderation.MapGet("/queue", Handle).WithName(nameof(ReadWaiting));

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        ListingsDb db, Cursors cursors, CancellationToken ct, int limit = 20, string? cursor = null)
    {
        var check = new Check();
        check.Between("limit", limit, 1, 100);
        if (check.Failed(out var problem))
            return problem;
        Position? after = null;
        if (cursor is not null && !cursors.TryOpen(cursor, List, out after))
            return Cursors.Forged;

        var submitted = db.Practitioners.AsNoTracking().Where(p => p.Status == ListingStatus.Submitted);
        if (after is not null)
            submitted = submitted.Where(p => p.SubmittedAt > after.At || (p.SubmittedAt == after.At && p.Id > after.Id));
        var found = await submitted.OrderBy(p => p.SubmittedAt).ThenBy(p => p.Id).Take(limit + 1).ToListAsync(ct);
        var last = found.Count > limit ? found[limit - 1] : null;

        return TypedResults.Ok(new Response(
            [.. found.Take(limit).Select(p => new Waiting(
                p.Id, p.Slug, p.Demo, p.Version, p.SubmittedAt!.Value, p.Current, p.Published, Readiness.Of(p.Current), CredentialState.Of(p)))],
            last is null ? null : cursors.Seal(new Position(last.SubmittedAt!.Value, last.Id), List)));
    }
}
