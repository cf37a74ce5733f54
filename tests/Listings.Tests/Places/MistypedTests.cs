using Listings.Places;
using Listings.Words;
using Xunit;

namespace Listings.Tests.Places;

/// <summary>The walk over the names finds exactly those that comparing with each of them finds.</summary>
public sealed class MistypedTests
{
    private static readonly string[] Syllables = ["a", "an", "ber", "den", "e", "l", "lo", "ma", "n", "o", "ph", "ri", "san ", "st", "ver", "у", "京"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Names_that_many_errors_away_are_found_and_no_others(int errors)
    {
        var random = new Random(errors);
        string[] all = [.. Enumerable.Range(0, 3_000).Select(_ => Word(random, 1, 6)).Distinct()];
        var names = ListOf(all);
        var found = 0;
        for (var i = 0; i < 400; i++)
        {
            var typed = i % 2 == 0 ? Word(random, 1, 5) : Damaged(random, all[random.Next(all.Length)], errors);
            var walked = Mistyped.In(names, typed, errors).SelectMany(range => Names(names, range)).Order(StringComparer.Ordinal).ToList();
            var compared = all.Where(name => (errors == 1 || name[0] == typed[0]) && FewestErrors(typed, name) == errors).Order(StringComparer.Ordinal);
            Assert.Equal(compared, walked);
            found += walked.Count;
        }

        Assert.True(found > 1_000);
    }

    [Fact]
    public void Names_that_begin_so_are_a_range_of_them()
    {
        var random = new Random(3);
        string[] all = [.. Enumerable.Range(0, 2_000).Select(_ => Word(random, 1, 5)).Distinct()];
        var names = ListOf(all);
        for (var i = 0; i < 300; i++)
        {
            var typed = Word(random, 1, 3);
            Assert.Equal(all.Where(name => name.StartsWith(typed, StringComparison.Ordinal)).Order(StringComparer.Ordinal), Names(names, names.Begun(typed)));
        }
    }

    private static NameList ListOf(string[] all) => new([.. all.Index().Select(n => (n.Item, n.Index))]);

    private static IEnumerable<string> Names(NameList names, (int From, int To) range) => Enumerable.Range(range.From, range.To - range.From).Select(i => names[i].ToString());

    private static int FewestErrors(string typed, string name) => Enumerable.Range(0, name.Length + 1).Min(length => Alike.Errors(typed, name[..length]));

    private static string Word(Random random, int least, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => Syllables[random.Next(Syllables.Length)]));

    private static string Damaged(Random random, string name, int errors)
    {
        for (; errors > 0 && name.Length > 2; errors--)
        {
            var at = random.Next(name.Length - 1);
            name = random.Next(6) switch
            {
                5 when at + 2 < name.Length => $"{name[..at]}{name[at + 2]}{name[at + 1]}{name[at]}{name[(at + 3)..]}",
                4 => name.Contains('f', StringComparison.Ordinal) ? name.Replace("f", "ph", StringComparison.Ordinal) : name.Replace("ph", "f", StringComparison.Ordinal),
                0 => name.Remove(at, 1),
                1 => name.Insert(at, "q"),
                2 => $"{name[..at]}x{name[(at + 1)..]}",
                _ => $"{name[..at]}{name[at + 1]}{name[at]}{name[(at + 2)..]}",
            };
        }

        return name;
    }
}
