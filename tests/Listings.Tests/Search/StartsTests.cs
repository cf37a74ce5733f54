using Listings.Search;
using Platform;
using Xunit;

namespace Listings.Tests.Search;

/// <summary>Starts are read as they were written, whether a visit shares them with the first one or not.</summary>
public sealed class StartsTests
{
    [Theory]
    [InlineData("America/Denver")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    public void Starts_come_back_in_order_and_by_the_clock_of_the_place(string name)
    {
        var random = new Random(7);
        var zone = Zones.Get(name);
        var writer = new PackedWriter();
        // Around both ends of summer time, too.
        var from = new DateOnly(2026, 3, 2);
        var begin = Days.MinuteAt(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        for (var round = 0; round < 500; round++)
        {
            var pool = Enumerable.Range(0, 20).Select(_ => begin + (uint)(random.Next(60 * 24 * 12) * 5)).Distinct().ToArray();
            uint[] first = Some(random, pool), other = Some(random, pool);
            writer.Clear();
            StartList.Write(writer, first, null, from, zone);
            var length = writer.Length;
            StartList.Write(writer, other, first, from, zone);

            var shared = StartList.First(new PackedReader(writer.Bytes[..length]), Days.Of(from));
            var packed = new PackedReader(writer.Bytes[length..]);
            var which = packed.UShort();
            AssertSame(first, new StartsReader(shared), zone);
            AssertSame(other, new StartsReader(shared, which, StartList.Beside(shared, packed)), zone);
        }
    }

    private static uint[] Some(Random random, uint[] pool) =>
        [.. pool.OrderBy(_ => random.Next()).Take(random.Next(1, Packed.MostStarts + 1)).Order()];

    private static void AssertSame(uint[] starts, StartsReader read, NodaTime.DateTimeZone zone)
    {
        foreach (var minute in starts)
        {
            Assert.True(read.Next());
            var local = Zones.ToLocal(Days.InstantOf(minute), zone);
            Assert.Equal((minute, (int)minute + (int)local.Offset.TotalMinutes), (read.Minute, read.LocalMinute));
        }

        Assert.False(read.Next());
    }
}
