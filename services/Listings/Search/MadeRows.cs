using System.Text;
using Listings.Landing;
using Npgsql;
using NpgsqlTypes;

namespace Listings.Search;

/// <summary>Cards, and what landing pages count, written many at a time.</summary>
internal sealed class MadeRows(NpgsqlConnection connection)
{
    /// <summary>For SQL: writes the cards <c>made</c>, but not those that stand there already, so that nobody has to follow them.</summary>
    public const string Upsert =
        """
        INSERT INTO search_cards (practitioner_id, card, number) SELECT practitioner_id, card, number FROM made
        ON CONFLICT (practitioner_id) DO UPDATE SET card = excluded.card, number = excluded.number, changed = pg_current_xact_id()
        WHERE (search_cards.card, search_cards.number) IS DISTINCT FROM (excluded.card, excluded.number)
        """;

    private readonly List<Guid> ids = [];
    private readonly List<string> cards = [];
    private readonly List<int> numbers = [];
    private readonly List<LandingPerson> people = [];

    public IReadOnlyList<int> Numbers => numbers;

    /// <param name="card">As UTF-8.</param>
    /// <param name="person">Null when nothing but a card, and one that stands there already, is another one.</param>
    public void Add(Guid id, int number, ReadOnlySpan<byte> card, LandingPerson? person)
    {
        ids.Add(id);
        numbers.Add(number);
        cards.Add(Encoding.UTF8.GetString(card));
        if (person is not null)
            people.Add(person);
    }

    /// <summary>
    /// Waits for whoever is publishing one of those of whom more than a card will be written, who comes after this from now on. Where a transaction reads one moment it
    /// fails when they have changed since. A card that stands there needs no lock: whoever publishes writes theirs after this one, or has written it, and then this fails.
    /// </summary>
    public async Task Lock(CancellationToken ct)
    {
        if (people.Count == 0)
            return;
        await using var command = new NpgsqlCommand("SELECT FROM practitioners WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE", connection)
        { Parameters = { new() { Value = people.Select(p => p.Id).ToArray() } } };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Writes all that were added, in a transaction that has locked whom <see cref="Lock"/> locks; answers how many cards are different now.</summary>
    public async Task<int> Write(CancellationToken ct)
    {
        if (people.Count > 0)
            await LandingCounts.Load(connection, people, ct);
        await using var upsert = new NpgsqlCommand($"WITH made (practitioner_id, card, number) AS (SELECT * FROM unnest($1::uuid[], $2::text[], $3::int[])) {Upsert}", connection)
        {
            Parameters = { new() { Value = ids.ToArray() }, new() { Value = cards.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }, new() { Value = numbers.ToArray() } },
        };
        var count = await upsert.ExecuteNonQueryAsync(ct);
        Clear();
        return count;
    }

    /// <summary>Forgets what was added.</summary>
    public void Clear()
    {
        ids.Clear();
        cards.Clear();
        numbers.Clear();
        people.Clear();
    }
}
