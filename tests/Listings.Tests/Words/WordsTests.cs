using Listings.Words;
using Npgsql;
using Xunit;

namespace Listings.Tests.Words;

/// <summary>Tests about who is found by which words; each begins with nobody.</summary>
public abstract class WordsTests(WordsDatabase database) : IClassFixture<WordsDatabase>, IAsyncLifetime
{
    protected NpgsqlConnection Connection => database.Connection;

    public Task InitializeAsync() => Connection.Execute("TRUNCATE search_words, search_postings, search_vocabulary", default);

    public Task DisposeAsync() => Task.CompletedTask;

    protected static Practitioner Somebody(
        string name, string headline = "", string biography = "", IReadOnlyList<string>? specialties = null, IReadOnlyList<string>? languages = null, Guid? id = null) =>
        Practitioner.Invented(
            id ?? Guid.CreateVersion7(), name, "somebody@example.org",
            new() { Name = name, Headline = headline, Biography = biography, Specialties = specialties ?? [], Languages = languages ?? ["en"] }, [], DateTimeOffset.UnixEpoch);

    protected async Task<Practitioner> Write(Practitioner practitioner)
    {
        await using var transaction = await Connection.BeginTransactionAsync();
        await WordIndex.Write(Connection, practitioner, default);
        await transaction.CommitAsync();
        return practitioner;
    }

    protected Task<Practitioner> Write(
        string name, string headline = "", string biography = "", IReadOnlyList<string>? specialties = null, IReadOnlyList<string>? languages = null) =>
        Write(Somebody(name, headline, biography, specialties, languages));

    protected async Task Load(IReadOnlyList<Practitioner> practitioners)
    {
        var load = new WordLoad(Connection);
        foreach (var some in practitioners.Chunk(WordLoad.Most))
        {
            await using var transaction = await Connection.BeginTransactionAsync();
            await load.Begin(default);
            var later = some.Where(p => load.TryAdd(p) is null).ToList();
            await load.Learn(default);
            Assert.All(later, p => Assert.NotNull(load.TryAdd(p)));
            await load.Write(default);
            await load.Complete(transaction.CommitAsync, default);
        }
    }

    /// <summary>As if an hour had passed in which nobody searched.</summary>
    protected async Task Tidy()
    {
        await using var db = database.Open();
        await TidyWords.Tidy(db, [], default);
    }

    /// <summary>Whom the words find, with their rank.</summary>
    protected async Task<Dictionary<Guid, int>> Find(string text)
    {
        var matches = await WordSearch.Find(Connection, text, default);
        var found = new Dictionary<Guid, int>();
        await using var command = new NpgsqlCommand("SELECT practitioner_id, number FROM search_words", Connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            if (matches.RankOf(reader.GetInt32(1)) is >= 0 and var rank)
                found.Add(reader.GetGuid(0), rank);
        }

        return found;
    }

    protected async Task Finds(string text, params Practitioner[] expected)
    {
        var found = await Find(text);
        Assert.True(expected.Select(p => p.Id).Order().SequenceEqual(found.Keys.Order()), $"“{text}” finds {found.Count}: {string.Join(", ", found)}");
    }
}
