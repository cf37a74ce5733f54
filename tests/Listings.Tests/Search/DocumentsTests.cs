using System.Collections;
using System.Text;
using System.Text.Json;
using Listings.Search;
using Xunit;

namespace Listings.Tests.Search;

/// <summary>Where a million documents are read, and cards written, it is done by hand: it has to be what the serializer does.</summary>
public sealed class DocumentsTests
{
    private const string Odd = "Zoë \"Zizi\" O’Hara <b>&amp;</b> 日本 👶\t\\ +";

    /// <summary>With spaces, as documents lie in databases that were made before they were text.</summary>
    private static readonly JsonSerializerOptions Spaced = new(Listing.Stored) { WriteIndented = true };

    private static readonly Guid Id = Guid.CreateVersion7();

    private static readonly Training Training = new("upledger", new DateOnly(2019, 9, 14), "upledger:cst-t", "upledger:cst-t", 120, new DateOnly(2031, 1, 2), Id);
    private static readonly Licence Licence = new("lmt", "US-CO", "MT.1", new DateOnly(2028, 1, 23), Id);

    /// <summary>Nothing is left out.</summary>
    private static readonly Listing Filled = new()
    {
        Name = Odd,
        Headline = Odd,
        Biography = Odd,
        Approach = "biodynamic",
        Gender = "woman",
        PractisingSince = 1999,
        Trainings = [Training, Training with { Credential = null, Level = null, Hours = null, To = null }],
        Licences = [Licence, Licence with { Expires = null }],
        Specialties = ["tailbone", "sleep"],
        Populations = ["infants"],
        Techniques = ["still-point"],
        Modalities = ["fascia"],
        Languages = ["en", "es"],
        Associations = ["iahp"],
        Locations =
        [
            new("Studio", Odd, "US", "CO", "80202", 39.7508, -104.9966, true, "America/Denver", 25, "Ring twice", Id)
            {
                AddressLines = ["1 Larkspur Street"], Formats = [VisitFormat.InPerson, VisitFormat.HomeVisit, VisitFormat.Online], Access = ["step-free"],
            },
            new("Elsewhere", "Nowhere", "US"),
        ],
        Services =
        [
            new("Visit", 60, new(11_000, "USD"), true, BookingMode.Instant, new ForWhom(1, 12), [Id], Id) { Formats = [VisitFormat.InPerson, VisitFormat.HomeVisit] },
            new("First talk", 15, new(0, "USD"), Id: Id) { Formats = [VisitFormat.Online] },
        ],
        Policy = new("Any time") { Tiers = [new(24, 100)] },
        Preparation = "Wear something comfortable",
        Aftercare = "Walk a little",
        SlidingScale = true,
        AcceptsNew = true,
    };

    [Fact]
    public void All_that_a_listing_can_say_is_said_here()
    {
        foreach (var document in (object[])[Filled, Filled.Trainings[0], Filled.Licences[0], Filled.Locations[0], Filled.Services[0]])
        {
            foreach (var property in document.GetType().GetProperties().Where(p => p.CanWrite && p.PropertyType != typeof(BookingMode)))
                Assert.False(property.GetValue(document) is null or false or 0 or "" or ICollection { Count: 0 }, property.Name);
        }
    }

    [Fact]
    public void A_listing_is_read_as_far_as_searches_are_made_of_it()
    {
        foreach (var listing in Listings())
        {
            var searched = listing with
            {
                Associations = [],
                Policy = null,
                Preparation = null,
                Aftercare = null,
                Locations = [.. listing.Locations.Select(l => l with { PostalCode = null, Directions = null, AddressLines = [] })],
            };
            Assert.Equal(Json(searched), Json(ListingReader.Read(JsonSerializer.SerializeToUtf8Bytes(listing, Listing.Stored))));
            Assert.Equal(Json(searched), Json(ListingReader.Read(JsonSerializer.SerializeToUtf8Bytes(listing, Spaced))));
        }
    }

    [Fact]
    public void Evidence_is_read_as_the_serializer_reads_it()
    {
        Evidence[] evidence =
        [
            new(Id, EvidenceState.ConfirmedByIssuer, Odd, new DateOnly(2026, 10, 1), Training), new(Id, EvidenceState.DocumentSeen, "Moderators", new DateOnly(2026, 10, 1), Licence: Licence),
        ];
        Assert.Equal(evidence, ListingReader.ReadEvidence(JsonSerializer.SerializeToUtf8Bytes(evidence, Listing.Stored)));
        Assert.Empty(ListingReader.ReadEvidence("[]"u8));
    }

    [Fact]
    public void A_card_is_written_as_the_serializer_writes_it()
    {
        var cards = new CardWriter();
        foreach (var practitioner in People())
        {
            var card = Card.Of(practitioner);
            var written = Encoding.UTF8.GetString(cards.Write(card));
            Assert.Equal(JsonSerializer.Serialize(card, Listing.Stored), written);
            Assert.Equal(written, JsonSerializer.Serialize(Card.FromJson(Encoding.UTF8.GetBytes(written)), Listing.Stored));
        }
    }

    private static IEnumerable<Listing> Listings() => [Filled, new(), .. Somebody().Select(p => p.Published!)];

    private static IEnumerable<Practitioner> People() =>
    [
        Practitioner.Invented(Id, "odd", "odd@example.org", Filled, [new(Id, EvidenceState.ConfirmedByIssuer, "Moderators", new DateOnly(2026, 10, 1), Training)], DateTimeOffset.UnixEpoch),
        Practitioner.Invented(Id, "nobody", "nobody@example.org", new Listing { Name = "Nobody" }, [], DateTimeOffset.UnixEpoch), .. Somebody(),
    ];

    private static IReadOnlyList<Practitioner> Somebody() => new Crowd(5, DateTimeOffset.Parse("2026-11-23T09:00:30Z", System.Globalization.CultureInfo.InvariantCulture)).Practitioners(100);

    private static string Json(Listing listing) => JsonSerializer.Serialize(listing, Listing.Stored);
}
