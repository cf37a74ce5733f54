using Listings.Places;

namespace Listings.Desk;

/// <summary>Fills in what a practitioner need not say: ids, the wider specialty, the credential of a level, and where on earth and in which zone a place is.</summary>
internal static class Completion
{
    /// <param name="before">What stood there; a place that moved to another town is looked up anew.</param>
    public static async Task<Listing> Of(Listing listing, Listing before, Gazetteer gazetteer, DateTimeOffset now, CancellationToken ct)
    {
        var locations = new List<Location>();
        foreach (var location in listing.Locations)
            locations.Add(await Placed(Moved(location, before) with { Id = location.Id ?? Guid.CreateVersion7(now) }, gazetteer, ct));
        return listing with
        {
            Name = listing.Name?.Trim(),
            Headline = listing.Headline?.Trim(),
            Specialties = Taxonomy.Current.WithParents(listing.Specialties),
            Trainings = [.. listing.Trainings.Select(t => t with { Id = t.Id ?? Guid.CreateVersion7(now), Credential = CredentialOf(t) })],
            Licences = [.. listing.Licences.Select(l => l with { Id = l.Id ?? Guid.CreateVersion7(now) })],
            Services = [.. listing.Services.Select(s => s with { Id = s.Id ?? Guid.CreateVersion7(now) })],
            Locations = locations,
        };
    }

    private static string? CredentialOf(Training training) =>
        training.Level is { } level ? Taxonomy.Current.FindLevel(level)!.Credential.Code : training.Credential?.Trim();

    /// <summary>Of a place that is in another town now: a point and a zone that are still the old ones are not said of it.</summary>
    private static Location Moved(Location location, Listing before)
    {
        if (location.Id is not { } id || before.Locations.FirstOrDefault(l => l.Id == id) is not { } was
            || (was.Locality, was.Region, was.PostalCode, was.Country) == (location.Locality, location.Region, location.PostalCode, location.Country))
        {
            return location;
        }

        var isOldPoint = (was.Lat, was.Lon) == (location.Lat, location.Lon);
        return location with
        {
            Lat = isOldPoint ? null : location.Lat,
            Lon = isOldPoint ? null : location.Lon,
            TimeZone = was.TimeZone == location.TimeZone ? null : location.TimeZone,
        };
    }

    private static async Task<Location> Placed(Location location, Gazetteer gazetteer, CancellationToken ct)
    {
        if (location.Lat is null && await Find(location, gazetteer, ct) is { } place)
            location = location with { Lat = Math.Round(place.Lat, 5), Lon = Math.Round(place.Lon, 5) };
        return location.TimeZone is null && location is { Lat: { } lat, Lon: { } lon }
            ? location with { TimeZone = await gazetteer.ZoneAt(lat, lon, location.Country, ct) }
            : location;
    }

    /// <summary>By postal code if that is known in the country, else by name.</summary>
    private static async Task<Place?> Find(Location location, Gazetteer gazetteer, CancellationToken ct)
    {
        if (location.PostalCode is { Length: > 0 } code
            && (await gazetteer.Find($"{code}, {location.Country}", ct)).Place is { PostalCode: not null } post && post.Country == location.Country)
            return post;
        var name = string.Join(", ", new[] { location.Locality, location.Region, location.Country }.Where(part => !string.IsNullOrWhiteSpace(part)));
        return (await gazetteer.Find(name, ct)).Place is { } place && place.Country == location.Country ? place : null;
    }
}
