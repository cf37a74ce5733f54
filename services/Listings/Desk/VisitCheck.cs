using System.Text.RegularExpressions;
using Platform;

namespace Listings.Desk;

/// <summary>Whether locations and services can be kept: real coordinates and zones, lengths and prices that can be booked.</summary>
internal static partial class VisitCheck
{
    private const int OldestMonths = 1440;

    /// <summary>In the smallest unit: Stripe takes eight digits.</summary>
    private const long HighestPrice = 99_999_999;

    public static void Of(Check check, Listing listing)
    {
        for (var i = 0; i < listing.Locations.Count; i++)
            Location(check, $"locations[{i}]", listing.Locations[i]);
        var places = listing.Locations.Select(l => l.Id).OfType<Guid>().ToHashSet();
        for (var i = 0; i < listing.Services.Count; i++)
            Service(check, $"services[{i}]", listing.Services[i], places);
        check.That("services", listing.Services.Select(s => s.Price.Currency).Distinct().Count() <= 1, "All prices are in one currency.");
    }

    private static void Location(Check check, string path, Location location)
    {
        check.Text($"{path}.name", location.Name, 60);
        check.Text($"{path}.locality", location.Locality, 100);
        check.Text($"{path}.region", location.Region, 100, optional: true);
        check.Text($"{path}.postalCode", location.PostalCode, 16, optional: true);
        check.Text($"{path}.directions", location.Directions, 1000, lines: true, optional: true);
        check.That($"{path}.country", Country().IsMatch(location.Country), "Two letters are needed, as in US or CH.");
        if (check.Each($"{path}.addressLines", location.AddressLines, 4))
        {
            for (var i = 0; i < location.AddressLines.Count; i++)
                check.Text($"{path}.addressLines[{i}]", location.AddressLines[i], 100);
        }
        check.That($"{path}.lat", location.Lat is null or (>= -90 and <= 90), "Between -90 and 90, please.");
        check.That($"{path}.lon", location.Lon is null or (>= -180 and <= 180), "Between -180 and 180, please.");
        check.That($"{path}.lon", location.Lat is null == location.Lon is null, "Latitude and longitude come together.");
        if (location.TimeZone is not null)
            check.Zone($"{path}.timeZone", location.TimeZone);
        Formats(check, path, location.Formats);
        var travels = location.Formats.Contains(VisitFormat.HomeVisit);
        if (check.That($"{path}.travelRadiusKm", travels == location.TravelRadiusKm is not null, travels ? "How far do you travel?" : "This is for home visits.") && travels)
            check.Between($"{path}.travelRadiusKm", location.TravelRadiusKm!.Value, 1, 200);
        ListingCheck.Codes(check, $"{path}.access", location.Access, Taxonomy.Current.AccessFeatures);
    }

    private static void Service(Check check, string path, Offering service, HashSet<Guid> places)
    {
        check.Text($"{path}.name", service.Name, 80);
        check.That($"{path}.minutes", service.Minutes is >= 15 and <= 180 && service.Minutes % 5 == 0, "15 to 180 minutes, in steps of 5.");
        check.Between($"{path}.price.amount", service.Price.Amount, 0, HighestPrice);
        var lowest = LowestPrice(service.Price.Currency);
        if (check.That($"{path}.price.currency", lowest is not null, "This is not a currency we can take."))
            check.That($"{path}.price.amount", service.Price.Amount is 0 || service.Price.Amount >= lowest, "So little cannot be paid by card. Ask for more, or for nothing.");
        check.That($"{path}.formats", service.Formats.Count > 0, "This is missing.");
        Formats(check, path, service.Formats);
        check.That($"{path}.formats", !service.Formats.Contains(VisitFormat.Online) || service.Introductory, "The work is hands-on; online is for an introductory call of its own.");
        check.That($"{path}.firstVisit", !(service.FirstVisit && service.Introductory), "An introductory call is not a first visit.");

        if (service.ForWhom is { } whom)
        {
            check.Between($"{path}.forWhom.minAgeMonths", whom.MinAgeMonths ?? 0, 0, OldestMonths);
            check.Between($"{path}.forWhom.maxAgeMonths", whom.MaxAgeMonths ?? OldestMonths, 0, OldestMonths);
            check.That($"{path}.forWhom.maxAgeMonths", whom.MinAgeMonths is null || whom.MaxAgeMonths is null || whom.MinAgeMonths <= whom.MaxAgeMonths, "This is below the lowest age.");
        }
        if (!check.That($"{path}.locationIds", service.LocationIds is null || service.LocationIds.Distinct().Count() == service.LocationIds.Count, "Each once, please."))
            return;
        for (var i = 0; i < service.LocationIds?.Count; i++)
            check.That($"{path}.locationIds[{i}]", places.Contains(service.LocationIds[i]), "This is not one of the locations here.");
    }

    /// <summary>
    /// The least that Stripe charges a card (docs.stripe.com/currencies), about half a dollar, in the currency's smallest unit: a cheaper visit could be
    /// seen and never booked. Null for a currency that cannot be paid in: those that can are the ones that Stripe pays out, except ISK and KWD, whose
    /// smallest units at Stripe are not those of ISO 4217.
    /// </summary>
    private static long? LowestPrice(string currency) => currency switch
    {
        "AUD" or "CAD" or "CHF" or "EUR" or "GBP" or "GIP" or "NZD" or "SGD" or "USD" => 50,
        "BGN" or "JPY" => 100,
        "AED" or "ILS" or "MYR" or "PLN" or "RON" => 200,
        "BRL" or "DKK" or "NOK" or "SEK" => 300,
        "HKD" => 400,
        "KRW" or "MXN" or "THB" or "ZAR" => 1_000,
        "CZK" => 1_500,
        "PHP" or "TRY" or "TWD" or "UAH" => 3_000,
        "INR" => 5_000,
        "HUF" => 20_000,
        _ => null,
    };

    private static void Formats(Check check, string path, IReadOnlyList<VisitFormat> formats) =>
        check.That($"{path}.formats", formats.Distinct().Count() == formats.Count, "Each once, please.");

    [GeneratedRegex(@"^[A-Z]{2}\z")]
    private static partial Regex Country();
}
