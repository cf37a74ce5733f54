using Microsoft.EntityFrameworkCore;

namespace Listings.Moderation;

/// <summary>Whose a training or licence is.</summary>
internal static class Credentials
{
    /// <summary>The practitioner with the training or licence as now written, or null. Invented ones count once somebody has changed them.</summary>
    public static async Task<(Practitioner Practitioner, Training? Training, Licence? Licence)?> Find(ListingsDb db, Guid id, CancellationToken ct)
    {
        // The expression and the condition are those of the index practitioners_credentials.
        var practitioner = await db.Practitioners.FromSql(
            $"""
            SELECT * FROM practitioners
            WHERE jsonb_path_query_array(coalesce(draft, published)::jsonb, '$.*[*].id') ? {id.ToString()} AND (NOT demo OR version > 1)
            """).SingleOrDefaultAsync(ct);
        var training = practitioner?.Current.Trainings.FirstOrDefault(t => t.Id == id);
        var licence = practitioner?.Current.Licences.FirstOrDefault(l => l.Id == id);
        return training is null && licence is null ? null : (practitioner!, training, licence);
    }
}
