using System.Text.Json.Nodes;
using Web.Peers;
using Web.Wording;

namespace Web.Structured;

/// <summary>A practitioner as a person, and as a place where visits can be booked.</summary>
public static class PractitionerThings
{
    /// <param name="page">The profile's whole address.</param>
    public static IReadOnlyList<JsonObject> Of(Practitioner person, Taxonomy words, Uri page, DateOnly today) => [Practice(person, page), Person(person, words, page, today)];

    private static JsonObject Practice(Practitioner person, Uri page)
    {
        var place = person.Locations.Count > 0 ? person.Locations[0] : person.Location;
        return Schema.Thing(
            "HealthAndBeautyBusiness",
            ("@id", $"{page}#practice"),
            ("name", place?.Name is { Length: > 0 } name ? $"{person.Name}, {name}" : person.Name),
            ("description", person.Headline),
            ("url", page.ToString()),
            ("image", Photo(person, page)),
            ("address", place is null ? null : Address(place)),
            ("founder", Reference(page, "person")),
            ("employee", Reference(page, "person")),
            ("aggregateRating", person.Rating is { Count: > 0 } rating
                ? Schema.Thing("AggregateRating", ("ratingValue", rating.Average), ("ratingCount", rating.Count), ("bestRating", 5), ("worstRating", 1))
                : null),
            ("makesOffer", Schema.Several(person.Bookable.Select(visit => Offer(visit, page)))),
            ("potentialAction", person.Bookable.Any() ? Reserve(page) : null));
    }

    private static JsonObject Person(Practitioner person, Taxonomy words, Uri page, DateOnly today) => Schema.Thing(
        "Person",
        ("@id", $"{page}#person"),
        ("name", person.Name),
        ("jobTitle", "Craniosacral therapist"),
        ("description", person.Headline),
        ("url", page.ToString()),
        ("image", Photo(person, page)),
        ("worksFor", Reference(page, "practice")),
        ("knowsLanguage", Schema.Several(person.Languages.Select(code => (JsonNode)code))),
        ("knowsAbout", Schema.Several(person.Specialties.Select(code => (JsonNode)words.SpecialtyName(code)))),
        ("hasCredential", Schema.Several(
            // Machines repeat what they read; they are told only what we have proof of, and what holds today.
            person.Trainings.Where(t => Trained.IsEvidenced(t.Evidence) && t.From <= today && today <= (t.To ?? DateOnly.MaxValue)).Select(t => Credential(words, t)))));

    private static JsonObject Credential(Taxonomy words, Training training) => Schema.Thing(
        "EducationalOccupationalCredential",
        ("name", Trained.Name(words, training)),
        ("credentialCategory", "certificate"),
        ("recognizedBy", training.Issuer == "other" ? null : Schema.Thing("Organization", ("name", words.IssuerName(training.Issuer)))),
        ("expires", training.To?.ToString("O", null)));

    private static JsonObject Offer(Visit visit, Uri page) => Schema.Thing(
        "Offer",
        ("itemOffered", Schema.Thing("Service", ("name", $"{visit.Name}, {visit.Minutes} minutes"), ("serviceType", "Craniosacral therapy"), ("provider", Reference(page, "practice")))),
        ("price", Say.Plain(visit.Price)),
        ("priceCurrency", visit.Price.Currency),
        ("url", $"{page}/times?service={visit.Id}"));

    private static JsonObject Reserve(Uri page) => Schema.Thing(
        "ReserveAction",
        ("target", Schema.Thing(
            "EntryPoint",
            ("urlTemplate", $"{page}/times"),
            ("actionPlatform", new JsonArray("https://schema.org/DesktopWebPlatform", "https://schema.org/MobileWebPlatform")))),
        ("result", Schema.Thing("Reservation", ("name", "Visit"))));

    /// <summary>A private address is no more exact here than it is on the page.</summary>
    private static JsonObject Address(Location place) => Schema.Thing(
        "PostalAddress",
        ("streetAddress", place.Approximate ? null : place.Street),
        ("addressLocality", place.Locality),
        ("addressRegion", place.Region),
        ("postalCode", place.Approximate ? null : place.PostalCode),
        ("addressCountry", place.Country));

    private static string? Photo(Practitioner person, Uri page) => person.PhotoUrl is { Length: > 0 } photo ? new Uri(page, photo).ToString() : null;

    private static JsonObject Reference(Uri page, string part) => new() { ["@id"] = $"{page}#{part}" };
}
