using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Availability.Tests;

/// <summary>Two hundred at once want overlapping times of one practitioner, by every path.</summary>
public sealed class CrowdTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task Two_hundred_at_once_have_one_winner_and_the_others_hear_of_alternatives(int buffer)
    {
        var person = await world.Practitioner(interval: 15, after: buffer);
        // Every start overlaps 10:00 to 11:00, so at most one of them all can be had.
        string[] starts = ["2026-12-01T09:30:00-07:00", "2026-12-01T09:45:00-07:00", "2026-12-01T10:00:00-07:00", "2026-12-01T10:15:00-07:00"];
        var booked = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => world.Booked(person, $"2026-12-{2 + (i / 4):00}T{9 + (2 * (i % 4)):00}:00:00-07:00")));

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var clock = Stopwatch.StartNew();
            var answer = (i % 10) switch
            {
                0 => await world.Move(booked[i / 10], 1, person, starts[i % 4]),
                < 5 => await world.Claim(person, starts[i % 4]),
                _ => await world.Hold(person, starts[i % 4]),
            };
            return (answer, clock.Elapsed);
        }));

        Assert.Equal(1, answers.Count(a => a.answer.IsSuccessStatusCode));
        foreach (var (answer, _) in answers.Where(a => !a.answer.IsSuccessStatusCode))
        {
            var problem = await Task.FromResult(answer).IsProblem(409, "slot-taken");
            Assert.NotEmpty(problem.GetProperty("alternatives").EnumerateArray());
        }

        Assert.Equal(0, await Overlaps());
    }

    /// <summary>Each of forty times is wanted by six: held and booked with visits of two lengths, swapped for a hold, moved to from a booking; all of them overlap.</summary>
    [Fact]
    public async Task Every_race_has_one_winner_by_whichever_path()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.Practitioner(longer: 90)));
        var winners = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            var (person, day) = (people[i % people.Length], $"2026-12-{1 + (i / people.Length):00}");
            var longVisit = person with { ServiceId = person.LongServiceId };
            var (mine, booked) = (await world.Held(person, At(day, "13:00")), await world.Booked(person, At(day, "15:00")));
            var answers = await Task.WhenAll(
                world.Hold(person, At(day, "10:00")), world.Hold(longVisit, At(day, "09:30")), world.Claim(person, At(day, "10:30")), world.Claim(longVisit, At(day, "10:00")),
                world.Hold(longVisit, At(day, "10:00"), mine.Token), world.Move(booked, 1, person, At(day, "10:30")));
            Assert.All(answers, a => Assert.True(a.IsSuccessStatusCode || (int)a.StatusCode == 409, $"{a.StatusCode}"));
            return answers.Count(a => a.IsSuccessStatusCode);
        }));

        Assert.All(winners, w => Assert.Equal(1, w));
        Assert.Equal(0, await Overlaps());
        var ids = people.Select(p => p.Id).ToArray();
        Assert.Equal(40, await world.Service.Db.Scalar<long>(
            "SELECT count(*) FROM audit_claims WHERE practitioner_id = ANY($1) AND state = 'live' AND (starts_at AT TIME ZONE 'UTC')::time < '19:00'", ids));

        static string At(string day, string time) => $"{day}T{time}:00-07:00";
    }

    [Fact]
    public async Task A_crowd_at_many_times_fills_the_day_without_a_gap_or_an_overlap()
    {
        var person = await world.Practitioner(interval: 60);
        var answers = await Task.WhenAll(Enumerable.Range(0, 80).Select(i => world.Hold(person, $"2026-12-01T{9 + (i % 8):00}:00:00-07:00")));
        Assert.Equal(8, answers.Count(a => (int)a.StatusCode == 201));
        Assert.Equal(72, answers.Count(a => (int)a.StatusCode == 409));
        Assert.Equal(8, await world.Service.In(db => db.Claims.CountAsync(c => c.PractitionerId == person.Id && c.State == ClaimState.Live)));
    }

    private Task<long> Overlaps() => world.Service.Db.Scalar<long>(
        """
        SELECT count(*) FROM audit_claims a JOIN audit_claims b ON a.practitioner_id = b.practitioner_id AND a.claim_id < b.claim_id
        WHERE a.state = 'live' AND b.state = 'live' AND tstzrange(a.busy_from, a.busy_until) && tstzrange(b.busy_from, b.busy_until)
        """);
}
