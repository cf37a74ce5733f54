using System.Text;
using Bookings.Safety;
using TestKit;
using Xunit;

namespace Bookings.Tests;

public sealed class SafetyScreenTests
{
    private static readonly SafetyScreens Screens = SafetyScreens.Load();

    [Theory]
    [InlineData("adult", "saddle-numbness")]
    [InlineData("adult", "self-harm")]
    [InlineData("adult", "headache-upright")]
    [InlineData("after-birth", "swollen-calf")]
    [InlineData("infant", "soft-spot")]
    [InlineData("child", "child-hard-to-wake")]
    public void Each_list_asks_what_it_must(string list, string item) =>
        Assert.Contains(Screens.For(list, "US").Items, i => i.Code == item);

    [Theory]
    [InlineData("self", "to you?")]
    [InlineData("after-birth", "to you?")]
    [InlineData("infant", "to your baby?")]
    [InlineData("child", "to your child?")]
    [InlineData("adult", "to the person who will lie on the table?")]
    public void It_is_asked_about_whoever_it_is_for(string list, string about)
    {
        var screen = Screens.For(list, "US");
        Assert.Equal($"Does any of this apply {about}", screen.Question);
        if (about == "to you?")
            Assert.DoesNotContain(screen.Groups.Select(g => g.Title).Concat(screen.Items.Select(i => i.Text)), text => text.Split(' ', ',').Any(word => word is "they" or "them" or "their"));
    }

    [Fact]
    public void After_birth_begins_with_what_is_about_the_birth() =>
        Assert.Equal("after-birth", Screens.For("after-birth", null).Items[0].Group);

    [Fact]
    public void A_baby_is_not_asked_about_a_crisis() =>
        Assert.DoesNotContain(Screens.For("infant", null).Items, i => i.Group == "crisis");

    [Theory]
    [InlineData("US", "988", "911")]
    [InlineData("gb", "116 123", "999")]
    [InlineData("DE", "0800 111 0 111", "112")]
    [InlineData("XX", "findahelpline.com", "your local emergency number")]
    [InlineData(null, "findahelpline.com", "your local emergency number")]
    public void The_numbers_to_call_are_the_countrys(string? country, string crisis, string emergency)
    {
        var advice = Screens.For("adult", country).Advice;
        Assert.Contains(crisis, advice, StringComparison.Ordinal);
        Assert.Contains(emergency, advice, StringComparison.Ordinal);
        Assert.DoesNotContain('{', advice);
    }

    [Fact]
    public void Every_list_is_whole_and_every_item_is_named_once()
    {
        foreach (var list in (string[])["self", "adult", "after-birth", "infant", "child"])
        {
            var screen = Screens.For(list, "US");
            Assert.Equal(screen.Items.Count, screen.Items.Select(i => i.Code).Distinct().Count());
            Assert.All(screen.Items, item => Assert.Contains(screen.Groups, g => g.Code == item.Group));
            Assert.DoesNotContain('!', screen.Question + screen.Advice);
        }
    }

    [Theory]
    [InlineData("America/Denver", "US")]
    [InlineData("Europe/London", "GB")]
    [InlineData("Europe/Zurich", "CH")]
    [InlineData("Australia/Sydney", "AU")]
    [InlineData("UTC", null)]
    public void A_persons_country_is_guessed_from_their_zone(string zone, string? country) => Assert.Equal(country, Countries.OfZone(zone));

    [Fact]
    public void The_version_before_is_accepted_and_older_ones_are_not()
    {
        static string Edition(string version, string from) =>
            $$$"""{"version":"{{{version}}}","from":"{{{from}}}","source":"","question":"?","groups":[],"lists":{"adult":{"groups":[],"advice":""} } }""";
        var screens = SafetyScreens.Read(new MemoryStream(Encoding.UTF8.GetBytes($$"""
            {"about":"","signedBy":null,"versions":[{{Edition("a", "2026-01-01")}},{{Edition("c", "2026-09-01")}},{{Edition("b", "2026-05-01")}}],
             "countries":{},"elsewhere":{"emergency":"","crisisLine":null,"crisisNumber":null},"crisisSentence":"","crisisSentenceElsewhere":""}
            """)));

        Assert.Equal("c", screens.For("adult", null).Version);
        Assert.True(screens.Accepts("c") && screens.Accepts("b"));
        Assert.False(screens.Accepts("a") || screens.Accepts("d"));
    }

    [Fact]
    public async Task It_is_read_by_anybody()
    {
        await using var world = await World.Start();
        using var answer = await world.Guest.GetAsync(new Uri("/api/v1/safety-screen?for=adult&country=US", UriKind.Relative));
        var screen = await World.Read(answer);
        Assert.Equal("2026-11-22", screen.GetProperty("version").GetString());
        Assert.NotEmpty(screen.GetProperty("question").GetString()!);
        Assert.NotEmpty(screen.GetProperty("items").EnumerateArray());
        Assert.NotEmpty(screen.GetProperty("advice").GetString()!);

        foreach (var (query, field) in new[] { ("", "for"), ("?for=cat", "for"), ("?for=adult&country=USA", "country"), ("?for=adult&country=U1", "country") })
        {
            using var bad = await world.Guest.GetAsync(new Uri($"/api/v1/safety-screen{query}", UriKind.Relative));
            await Refusal.Names(bad, field);
        }
    }
}
