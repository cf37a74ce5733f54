using Microsoft.EntityFrameworkCore;

namespace Listings.Moderation;

/// <summary>Whose a training or licence is.</summary>
internal static class Credentials
{
    /// <summary>
    /// The practitioner with the training or licence as now written, or as published where its owner has written it away; or null. Invented ones count once somebody
    /// has changed them.
    /// </summary>
    public static async Task<(Practitioner Practitioner, Training? Training, Licence? Licence)?> Find(ListingsDb db, Guid id, CancellationToken ct)
    {
        // The expressions and the condition are those of the indexes practitioners_credentials and practitioners_published_credentials.
        var practitioner = await db.Practitioners.FromSql(
            $"""
            SELECT * FROM practitioners
            WHERE (jsonb_path_query_array(coalesce(draft, published)::jsonb, '$.*[*].id') ? {id.ToString()} OR jsonb_path_query_array(published::jsonb, '$.*[*].id') ? {id.ToString()})
                AND (NOT demo OR version > 1)
            """).SingleOrDefaultAsync(ct);
        foreach (var listing in new[] { practitioner?.Current, practitioner?.Published }.OfType<Listing>())
        {
            var training = listing.Trainings.FirstOrDefault(t => t.Id == id);
            var licence = listing.Licences.FirstOrDefault(l => l.Id == id);
            if (training is not null || licence is not null)
                return (practitioner!, training, licence);
        }

        return null;
    }
}
