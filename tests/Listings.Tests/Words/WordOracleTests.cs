using Listings.Words;
using Xunit;

namespace Listings.Tests.Words;

/// <summary>Random practitioners and searches: somebody who reads every text agrees with the index, however the texts came into it.</summary>
public sealed class WordOracleTests(WordsDatabase database) : WordsTests(database)
{
    private static readonly string[] Vocabulary = ["birch", "fjord", "gulch", "kiosk", "lynx", "marsh", "oxbow", "plumb", "quark", "topaz", "wharf", "zigzag"];
    private static readonly string[] Codes = ["tmj", "sleep", "migraine"];

    private readonly Random dice = new(4711);
    private readonly Dictionary<Guid, Practitioner> everybody = [];

    [Fact]
    public async Task Somebody_who_reads_all_of_it_finds_the_same()
    {
        // More than a block of numbers, so that both ways of keeping a word and several blocks take part.
        await Load([.. Enumerable.Range(0, 20_000).Select(_ => Invent())]);
        await Agree(60);
        foreach (var id in everybody.Keys.Take(60).ToList())
        {
            if (dice.Next(3) == 0)
            {
                everybody.Remove(id);
                await WordIndex.Forget(Connection, id, default);
            }
            else
            {
                await Write(Invent(id));
            }
        }

        for (var i = 0; i < 60; i++)
            await Write(Invent());
        await Agree(60);
        var before = await Connection.Scalar<int>("SELECT max(block) FROM search_postings WHERE block % 2 = 1", default);
        await Load([.. everybody.Values]);
        await Agree(20);
        await Tidy();
        Assert.Equal(0, await Connection.Scalar<long>($"SELECT count(*) FROM search_postings WHERE block <= {before} AND block % 2 = 1", default));
        await Agree(20);
    }

    private async Task Agree(int searches)
    {
        for (var i = 0; i < searches; i++)
        {
            var words = Enumerable.Range(0, dice.Next(1, 4)).Select(_ => dice.Next(6) == 0 ? "xylem" : Vocabulary[dice.Next(Vocabulary.Length)]).Distinct().ToList();
            var begun = dice.Next(3) == 0 ? words[0][..dice.Next(3, 5)] : null;
            if (begun is not null)
                words[0] = begun;
            var expected = everybody.Values.Select(p => (p.Id, Rank: Rank(p.Published!, words.Distinct()))).Where(r => r.Rank is not null).ToDictionary(r => r.Id, r => r.Rank!.Value);
            var found = await Find(string.Join(' ', words));
            Assert.True(expected.Count == 0 ? found.Values.All(r => r >= 5) : expected.OrderBy(e => e.Key).SequenceEqual(found.OrderBy(f => f.Key)), string.Join(' ', words));
        }
    }

    private static int? Rank(Listing listing, IEnumerable<string> words)
    {
        var sum = 0;
        foreach (var word in words)
        {
            if (Has(listing.Name!, word))
                continue;
            if (Has(listing.Headline!, word))
                sum += 2;
            else if (Has(listing.Biography!, word))
                sum += 3;
            else if (listing.Name!.Split(' ').Any(part => part.StartsWith(word, StringComparison.Ordinal)))
                sum += 4;
            else
                return null;
        }

        return sum;
    }

    private static bool Has(string text, string word) => text.Split(' ').Contains(word);

    private Practitioner Invent() => Invent(Guid.CreateVersion7());

    private Practitioner Invent(Guid id) =>
        everybody[id] = Somebody(Text(2), Text(3), Text(dice.Next(5)), [Codes[dice.Next(3)]], dice.Next(2) == 0 ? ["en"] : ["fi", "de"], id);

    private string Text(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Vocabulary[dice.Next(Vocabulary.Length)]));
}
