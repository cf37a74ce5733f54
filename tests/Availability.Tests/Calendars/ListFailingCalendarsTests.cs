using TestKit;
using Xunit;

namespace Availability.Tests;

public sealed class ListFailingCalendarsTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Operators_see_which_do_not_answer_and_no_address()
    {
        var person = await world.Practitioner();
        var now = world.Clock.GetUtcNow();
        var (sound, silent) = (Calendar("sound.example"), Calendar("silent.example"));
        silent.Failed(CalendarProblem.TooSlow, now.AddHours(-1));
        silent.Failed(CalendarProblem.NotFound, now);
        await world.Service.In(async db =>
        {
            db.AddRange(sound, silent);
            return await db.SaveChangesAsync();
        });

        var seen = await world.Service.As("operator").GetAsync("/operations/calendars").Is<ListFailingCalendars.Response>(200);

        Assert.Equal(1, seen.Total);
        Assert.Equal(new(silent.Id, person.Id, "silent.example", CalendarState.Failing, CalendarProblem.NotFound, now.AddHours(-1)), Assert.Single(seen.Items));
        await Refusal.Is(await world.DeskOf(person).GetAsync("/operations/calendars"), 403, "forbidden");
        await Refusal.Is(await world.Service.Guest().GetAsync("/operations/calendars"), 401, "unauthenticated");

        OutsideCalendar Calendar(string host) => OutsideCalendar.Add(person.Id, "Work", host, [1, 2, 3], now.AddDays(1));
    }
}
