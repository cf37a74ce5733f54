using Listings.Places;
using Microsoft.EntityFrameworkCore;

namespace Listings.Moderation;

/// <summary>Stable names in addresses, such as <c>ana-reyes-denver</c>.</summary>
internal static class Slugs
{
    private const int Longest = 80;

    /// <summary>The one a practitioner has, else name and town, with a number when others have that already.</summary>
    public static async Task<string> Free(ListingsDb db, Practitioner practitioner, CancellationToken ct)
    {
        if (practitioner.Slug is { } slug)
            return slug;

        var listing = practitioner.Current;
        var wanted = Spelling.Slug($"{listing.Name} {(listing.Locations is [var first, ..] ? first.Locality : "")}");
        wanted = wanted.Length == 0 ? $"practitioner-{practitioner.Id:N}" : wanted[..Math.Min(wanted.Length, Longest)].Trim('-');
        var taken = await db.Practitioners.Where(p => p.Slug == wanted || p.Slug!.StartsWith(wanted + "-")).Select(p => p.Slug!).ToListAsync(ct);
        if (!taken.Contains(wanted))
            return wanted;
        var number = 2;
        while (taken.Contains($"{wanted}-{number}"))
            number++;
        return $"{wanted}-{number}";
    }
}
