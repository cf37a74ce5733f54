using Contracts;

namespace Notifications.Tests;

/// <summary>A visit as Bookings and Listings describe it. The service's name says what the client comes for, as some do.</summary>
public sealed record BookedVisit
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid PractitionerId { get; init; } = Guid.CreateVersion7();

    public string Status { get; init; } = "confirmed";

    public DateTimeOffset Start { get; init; } = NotificationsApp.Start;

    public DateTimeOffset End => Start.AddMinutes(60);

    public string TimeZone { get; init; } = "America/Denver";

    public string PractitionerName { get; init; } = "Ana Reyes";

    public string PractitionerEmail { get; init; } = "ana@example.org";

    public string ClientName { get; init; } = "Kim Doe";

    public string ClientEmail { get; init; } = "kim@example.org";

    public string ClientZone { get; init; } = "America/Denver";

    public Money Paid { get; init; } = new(12000, "USD");

    public Money Refunded { get; init; } = new(0, "USD");

    public Money RefundDue { get; init; } = new(0, "USD");

    public object Letter() => new
    {
        Id,
        Status,
        sequence = 0,
        Start,
        End,
        TimeZone,
        PractitionerId,
        PractitionerName,
        serviceName = "Pelvic floor and migraine visit",
        location = new
        {
            id = Guid.CreateVersion7(),
            name = "Studio",
            addressLine = "12 Willow Street",
            locality = "Denver",
            region = "CO",
            country = "US",
            TimeZone,
            directions = "Ring at the blue door; second floor, left.",
            format = "inPerson",
        },
        client = new { name = ClientName, email = ClientEmail, timeZone = ClientZone },
        price = new Money(12000, "USD"),
        Paid,
        Refunded,
        RefundDue,
        policyText = "Full refund until a day before.",
        tiers = new[]
        {
            new { until = Start.AddHours(-24), refund = new Money(12000, "USD"), refundPercent = 100 },
            new { until = Start.AddHours(-2), refund = new Money(6000, "USD"), refundPercent = 50 },
        },
        manageUrl = $"https://stillpoint.example/bookings/{Id}?token=opens-it",
        forSomeoneElse = false,
        note = "trauma, anxiety",
    };

    public object Contact() => new { id = PractitionerId, name = PractitionerName, slug = "ana-reyes", email = PractitionerEmail, TimeZone, language = "en" };
}
