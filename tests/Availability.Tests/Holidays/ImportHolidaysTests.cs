using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform;
using Xunit;

namespace Availability.Tests;

public sealed class ImportHolidaysTests(World world) : IClassFixture<World>
{
    private const string Utopia = """{"country":"XU","names":[],"holidays":[{"on":"2026-12-24","days":3,"name":"Founders' Days"}]}""";

    [Fact]
    public async Task What_is_exported_is_what_the_law_says()
    {
        var lines = new List<string>();
        await foreach (var line in new NodeScripts("../../deploy/holidays").Ask("export.mjs", "US", "GB", "DE", "TR"))
            lines.Add(line);
        var areas = lines.Select(l => JsonSerializer.Deserialize<ImportHolidays.Area>(l, Json.Strict)!).ToList();

        Assert.Equal(3, On("US", "CO", "Thanksgiving Day").Count(d => d is { Month: 11, DayOfWeek: DayOfWeek.Thursday, Day: >= 22 and <= 28 }));
        Assert.Contains(On("GB", "SCT", null), d => d is { Month: 1, Day: 2 });
        Assert.DoesNotContain(On("GB", "ENG", null), d => d is { Month: 1, Day: 2 });
        Assert.Equal(3, On("DE", "BY", "Epiphany").Count());
        Assert.Empty(On("DE", null, "Epiphany"));
        Assert.Contains("Bavaria", Area("DE", "BY").Names);
        Assert.All(Area("TR", null).Holidays.Where(h => h.Name.StartsWith("End of Ramadan", StringComparison.Ordinal)), h => Assert.Equal(3, h.Days));
        Assert.True(await Import(string.Join('\n', lines)) > 3 * 60 * 10);

        IEnumerable<DateOnly> On(string country, string? region, string? name) => Area(country, region).Holidays.Where(h => name is null || h.Name == name).Select(h => h.On);

        ImportHolidays.Area Area(string country, string? region) => Assert.Single(areas, a => a.Country == country && a.Region == region);
    }

    [Fact]
    public async Task An_import_takes_the_place_of_all_that_was_known_or_changes_nothing()
    {
        await Import($"{Utopia}\n{Utopia.Replace("XU", "XV", StringComparison.Ordinal)}");
        Assert.Equal(0, await Import(""));
        await Assert.ThrowsAsync<JsonException>(() => Import($"{Utopia}\n{{\"country\":\"XU\"}}"));
        Assert.Equal(["XU", "XV"], await Countries());
        Assert.Equal(1, await Import(Utopia));
        Assert.Equal(["XU"], await Countries());
    }

    private Task<int> Import(string text) => world.Service.In(db => ImportHolidays.Import(db, new StringReader(text), default));

    private Task<List<string>> Countries() => world.Service.In(db => db.Database.SqlQuery<string>($"SELECT country AS \"Value\" FROM public_holidays ORDER BY country").ToListAsync());
}
