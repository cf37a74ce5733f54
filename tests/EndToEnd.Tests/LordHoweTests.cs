using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using NodaTime;
using TestKit;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>
/// A practitioner on an island whose clock changes by half an hour, with two rooms and a calendar elsewhere, watched over the next changes of that clock.
/// </summary>
[Collection(RunningProduct.Name)]
public sealed class LordHoweTests(Product product) : IDisposable
{
    private const string Lagoon = "Lagoon room", Hill = "Hill room";

    private static readonly string[] InLagoon = ["1:00 am", "1:30 am", "2:00 am", "2:30 am", "3:30 am"];
    private static readonly string[] OnHill = ["3:30 am", "4:00 am", "4:30 am", "5:00 am", "5:30 am"];
    private static readonly string[] Formats = ["inPerson"], Lines = ["1 Lagoon Road"];

    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Australia/Lord_Howe"];

    /// <summary>As Google writes it: the zone described by its rules, and each Sunday from three to half past three taken since before the last change.</summary>
    private const string Feed = """
        BEGIN:VCALENDAR
        PRODID:-//Google Inc//Google Calendar 70.9054//EN
        VERSION:2.0
        CALSCALE:GREGORIAN
        METHOD:PUBLISH
        X-WR-CALNAME:Nia Okafor
        X-WR-TIMEZONE:Australia/Lord_Howe
        BEGIN:VTIMEZONE
        TZID:Australia/Lord_Howe
        X-LIC-LOCATION:Australia/Lord_Howe
        BEGIN:STANDARD
        TZOFFSETFROM:+1100
        TZOFFSETTO:+1030
        TZNAME:GMT+10:30
        DTSTART:19700405T020000
        RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU
        END:STANDARD
        BEGIN:DAYLIGHT
        TZOFFSETFROM:+1030
        TZOFFSETTO:+1100
        TZNAME:GMT+11
        DTSTART:19701004T020000
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU
        END:DAYLIGHT
        END:VTIMEZONE
        BEGIN:VEVENT
        DTSTART;TZID=Australia/Lord_Howe:20260104T030000
        DTEND;TZID=Australia/Lord_Howe:20260104T033000
        RRULE:FREQ=WEEKLY;BYDAY=SU
        DTSTAMP:20260101T000000Z
        UID:3f0a1b2c4d5e6f7081920a1b2c@google.com
        STATUS:CONFIRMED
        SUMMARY:Call to the other side of the world
        TRANSP:OPAQUE
        END:VEVENT
        END:VCALENDAR

        """;

    private readonly Visitor visitor = new(product);

    public void Dispose() => visitor.Dispose();

    [Fact]
    public async Task Times_keep_to_the_clock_through_its_changes()
    {
        var person = await NewPractitioner.Published(
            product, visitor, "Nia Okafor", new { name = "Short visit", minutes = 30, price = new { amount = 0, currency = "AUD" }, formats = Formats }, Room(Lagoon), Room(Hill));
        await using var feed = await FakePeer.Start(app => app.MapGet("/basic.ics", () => Results.Text(Feed.ReplaceLineEndings("\r\n"), "text/calendar")));
        await using var desk = await Browser.Open(product);
        await desk.SignIn(person.Email, NewPractitioner.Password);
        await SetHours(desk.Page);
        await AddCalendar(desk.Page, new Uri(feed.Url, "basic.ics"));

        await using var client = await Browser.Open(product, Browser.Phone);
        var changes = ChangesAhead().ToList();
        foreach (var change in changes)
        {
            string[] night = Forward(change)
                ? ["1:00 am", "1:30 am", "2:30 am", "3:30 am"]
                : ["1:00 am", "1:30 am, before the clock goes back", "1:30 am, after the clock goes back", "2:00 am", "2:30 am", "3:30 am"];
            foreach (var (days, expected) in ((int, string[])[])[(-7, InLagoon), (0, night), (7, InLagoon)])
            {
                var shown = await Times(client.Page, person, Date(change).PlusDays(days));
                Assert.Equal(expected, shown[Lagoon]);
                Assert.Equal(OnHill, shown[Hill]);
            }
        }

        // The first time after the clock has changed, whose wall time says it: half past two, or half past one once more.
        var (first, start) = (changes[0], changes[0].InZone(Zone).ToDateTimeOffset());
        await Times(client.Page, person, Date(first));
        await Book(client.Page, start);
        await Assertions.Expect(client.Page.GetByText($"{Date(first).ToString("dddd d MMMM", CultureInfo.InvariantCulture)}, {Clock(start)}, Lord Howe time")).ToBeVisibleAsync();
        Assert.Equal(start.UtcDateTime, await product.Sql<DateTime>("AVAILABILITY", "SELECT starts_at FROM audit_claims WHERE practitioner_id = $1 AND state = 'live'", person.Id));

        var left = await Times(client.Page, person, Date(first));
        Assert.Equal(Forward(first) ? ["1:00 am", "1:30 am", "3:30 am"] : ["1:00 am", "1:30 am, before the clock goes back", "2:00 am", "2:30 am", "3:30 am"], left[Lagoon]);
        // Two hours for the way from one room to the other.
        Assert.Equal(Forward(first) ? ["5:00 am", "5:30 am"] : ["4:00 am", "4:30 am", "5:00 am", "5:30 am"], left[Hill]);

        await desk.Page.GotoAsync($"/desk/week?of={Date(first):yyyy-MM-dd}");
        var visit = desk.Page.GetByRole(AriaRole.Main).Locator(".agenda > li");
        await Assertions.Expect(visit).ToContainTextAsync(Clock(start));
        await Assertions.Expect(visit).ToContainTextAsync($"until {Clock(start.AddMinutes(30))}");
        await Assertions.Expect(visit).ToContainTextAsync($"{Lagoon}, Lord Howe time");
    }

    /// <summary>Sundays from one to four in the one room, from three to six in the other; two hours between them, booked up to a year ahead.</summary>
    private static async Task SetHours(IPage page)
    {
        // The listing has been published a moment ago, and its rooms come by message.
        await Eventually.True(async () =>
        {
            await page.GotoAsync("/desk/hours");
            return await page.GetByRole(AriaRole.Heading, new() { Name = Hill, Exact = true }).CountAsync() == 1;
        }, TimeSpan.FromSeconds(30), "the rooms have hours to be set");
        foreach (var (room, from, to) in ((string, string, string)[])[(Lagoon, "01:00", "04:00"), (Hill, "03:00", "06:00")])
        {
            await page.GetByText($"Add hours on Sunday at {room}").ClickAsync();
            await page.GetByLabel($"From on Sunday at {room}").FillAsync(from);
            await page.GetByLabel($"to on Sunday at {room}").FillAsync(to);
        }

        await page.GetByLabel("How far ahead people can book").SelectOptionAsync(new SelectOptionValue { Label = "365 days" });
        await page.GetByLabel("Quiet time after a visit").SelectOptionAsync(new SelectOptionValue { Label = "None" });
        await page.GetByLabel("Travel time between places").SelectOptionAsync(new SelectOptionValue { Label = "2 hours" });
        await page.Press("Save these hours");
        await Assertions.Expect(page.GetByText("Saved. Your free times will follow in a few seconds.")).ToBeVisibleAsync();
    }

    private static async Task AddCalendar(IPage page, Uri address)
    {
        await page.GotoAsync("/desk/calendars");
        await page.GetByLabel("Its secret address").FillAsync(address.AbsoluteUri);
        await page.Press("Add this calendar");
        // The page looks again by itself until the calendar has been read.
        await Assertions.Expect(page.GetByText("Up to date.")).ToBeVisibleAsync();
    }

    /// <summary>What a client is shown on one day, by room, as a screen reader says it.</summary>
    private static async Task<ILookup<string, string>> Times(IPage page, NewPractitioner person, LocalDate date)
    {
        await page.GotoAsync($"/practitioners/{person.Slug}/times?from={date:yyyy-MM-dd}");
        var day = date.ToString("dddd d MMMM", CultureInfo.InvariantCulture);
        var said = await page.GetByRole(AriaRole.Group, new() { Name = day, Exact = true }).GetByRole(AriaRole.Radio)
            .EvaluateAllAsync<string[]>("all => all.map(r => r.labels[0].textContent.replace(/\\s+/g, ' ').trim())");
        return said.Select(words => words.Replace($", {day}, Lord Howe time", "", StringComparison.Ordinal).Split(", ")).ToLookup(parts => parts[^1], parts => string.Join(", ", parts[..^1]));
    }

    /// <summary>From the page with the times to the booked visit.</summary>
    private static async Task Book(IPage page, DateTimeOffset start)
    {
        await page.Locator($"input[name=Time][value^='{start:yyyy-MM-dd'T'HH:mm:sszzz}']").CheckAsync(new() { Force = true });
        await page.ToDetails(page.Press);
        await page.SayWho();
        await page.Press("Continue");
        await page.Press("Book this visit");
        await Assertions.Expect(page.GetByText("A confirmation with a calendar entry is on its way")).ToBeVisibleAsync();
    }

    /// <summary>The next changes that can be booked on both sides; the first Sundays of April and October.</summary>
    private static IEnumerable<Instant> ChangesAhead()
    {
        var now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        for (var change = Zone.GetZoneInterval(now + Duration.FromDays(9)).End; change < now + Duration.FromDays(355); change = Zone.GetZoneInterval(change).End)
            yield return change;
    }

    private static bool Forward(Instant change) => Zone.GetUtcOffset(change) > Zone.GetUtcOffset(change - Duration.Epsilon);

    private static LocalDate Date(Instant change) => change.InZone(Zone).Date;

    private static string Clock(DateTimeOffset at) => at.ToString("h:mm tt", CultureInfo.InvariantCulture).ToLowerInvariant();

    private static object Room(string name) => new
    {
        name,
        addressLines = Lines,
        locality = "Lord Howe Island",
        country = "AU",
        lat = -31.5553,
        lon = 159.0772,
        timeZone = Zone.Id,
        formats = Formats,
    };
}
