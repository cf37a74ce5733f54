using Listings.Search;
using Xunit;

namespace Listings.Tests.Search;

/// <summary>What lies beside the spots of a leaf, and the one thing there that changes.</summary>
public sealed class ColumnsTests
{
    private const uint Now = 1_000;

    [Fact]
    public void Nobody_is_free_sooner_than_was_told_or_is_known_by_now()
    {
        var columns = Told(1_500, 900, VisitsFound.None);
        Assert.Equal((uint[])[1_500, 900, VisitsFound.None], Soonest(columns, Now, 3));

        columns.Later(1, Now, 1_200);
        Assert.Equal((uint[])[1_500, 1_200, VisitsFound.None], Soonest(columns, Now, 3));
        Assert.Equal((uint[])[1_500, 1_200, VisitsFound.None], Soonest(columns, Now + 500, 3));
    }

    [Fact]
    public void By_a_clock_behind_that_of_others_nothing_is_said()
    {
        var columns = Told(900, 900);
        columns.Later(0, Now, 1_200);
        Assert.Equal((uint[])[0, 0], Soonest(columns, Now - 1, 2));

        // Whoever walks through pages by such a clock learns nothing that others could not rely on.
        columns.Later(1, Now - 10, 950);
        Assert.Equal((uint[])[1_200, 950], Soonest(columns, Now, 2));
        Assert.Equal((uint[])[0, 0], Soonest(columns, Now - 10, 2));
    }

    [Fact]
    public void Rows_come_back_as_they_were_and_credentials_lapse_after_their_last_day()
    {
        var any = new Bits();
        var rows = new Row[150];
        for (var i = 0; i < rows.Length; i++)
        {
            var bits = new Bits();
            bits[i % Bits.Words] = 1UL << (i % 64);
            any.Add(bits);
            rows[i] = new(i, bits, (ushort)i, (ushort)(i + 10), (uint)i, (byte)i);
        }

        var columns = new Columns(rows, any);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = columns.Row(i, (uint)i);
            Assert.Equal((rows[i].Number, rows[i].From, rows[i].To, rows[i].Cheapest), (row.Number, row.From, row.To, row.Cheapest));
            var (written, read) = (rows[i].Bits, row.Bits);
            Assert.True(((ReadOnlySpan<ulong>)written).SequenceEqual(read));
            foreach (var day in (int[])[i - 1, i, i + 10, i + 11])
            {
                Assert.Equal(day < i || day > i + 10, columns.IsLapsed(i, day));
                Assert.Equal(columns.IsLapsed(i, day), (columns.Lapsed(i / Block.Size, day) >> (i % Block.Size) & 1) != 0);
            }
        }
    }

    private static Columns Told(params uint[] soonest) => new([.. soonest.Select((minute, i) => new Row(i, default, 0, ushort.MaxValue, minute, 0))], default);

    private static uint[] Soonest(Columns columns, uint now, int count) => [.. Enumerable.Range(0, count).Select(i => columns.SoonestOf(i, now))];
}
