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
    public void Add(LandingPerson person, int number, ReadOnlySpan<byte> card)
    {
        ids.Add(person.Id);
        numbers.Add(number);
        cards.Add(Encoding.UTF8.GetString(card));
        people.Add(person);
    }

    /// <summary>Waits for whoever is publishing one of them, who comes after this from now on. Where a transaction reads one moment it fails when they have changed since.</summary>
    public async Task Lock(CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT FROM practitioners WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE", connection) { Parameters = { new() { Value = ids.ToArray() } } };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Writes all that were added, in a transaction that has locked their practitioners; answers how many cards are different now.</summary>
    public async Task<int> Write(CancellationToken ct)
    {
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
