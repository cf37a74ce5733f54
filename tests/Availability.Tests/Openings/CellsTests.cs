using Xunit;

namespace Availability.Tests;

/// <summary>Sets of cells, whose words are worked on many at once, against cells looked at one by one.</summary>
public sealed class CellsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(700)]
    [InlineData(2305)]
    public void Beginnings_are_the_cells_that_begin_so_many_in_a_row(int count)
    {
        var random = new Random(count);
        foreach (var length in (int[])[1, 2, 12, 63, 64, 65, 128, 129, 192, 288])
        {
            var cells = new Cells(count);
            for (var from = 0; from < count; from += random.Next(1, 500))
                cells.Add(from, from + random.Next(1, 400));
            var before = Of(cells, count);

            cells.KeepBeginnings(length);

            Assert.Equal(Enumerable.Range(0, count).Select(i => i + length <= count && before.AsSpan(i, length).IndexOf(false) < 0), Of(cells, count));
        }
    }

    [Fact]
    public void Steps_are_added_from_the_first_to_before_the_end_wherever_the_two_lie()
    {
        var random = new Random(5);
        for (var i = 0; i < 2000; i++)
        {
            var (count, from, until, step) = (random.Next(300), random.Next(-200, 400), random.Next(-10, 400), random.Next(1, 97));
            var cells = new Cells(count);
            cells.AddEach(from, until, new Comb(step));
            Assert.Equal(Enumerable.Range(0, count).Select(c => c < until && c >= from && (c - from) % step == 0), Of(cells, count));
        }
    }

    private static bool[] Of(Cells cells, int count) => [.. Enumerable.Range(0, count).Select(i => (cells.Words[i >> 6] >> i & 1) == 1)];
}
