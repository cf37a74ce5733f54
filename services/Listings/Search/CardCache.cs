using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Listings.Search;

/// <summary>The cards that results have shown lately. One that changes is forgotten by whoever hears of the change.</summary>
internal sealed class CardCache
{
    private const int Most = 2_000;

    private readonly Dictionary<Guid, Card> cards = [];
    private readonly Lock gate = new();
    private int changes;

    public void Forget(Guid id)
    {
        lock (gate)
        {
            changes++;
            cards.Remove(id);
        }
    }

    /// <summary>The cards of these practitioners, all in one question to the database at most. Whoever is no longer published is missing.</summary>
    public async Task<IReadOnlyDictionary<Guid, Card>> Read(IReadOnlyCollection<Guid> ids, IServiceScopeFactory scopes, CancellationToken ct)
    {
        var found = new Dictionary<Guid, Card>(ids.Count);
        int before;
        lock (gate)
        {
            before = changes;
            foreach (var id in ids)
            {
                if (cards.TryGetValue(id, out var card))
                    found.Add(id, card);
            }
        }

        if (found.Count == ids.Count)
            return found;
        var fresh = await Load([.. ids.Where(id => !found.ContainsKey(id))], scopes, ct);
        lock (gate)
        {
            // What was read may be older than a change that has been heard of meanwhile.
            if (before == changes)
            {
                if (cards.Count + fresh.Count > Most)
                    cards.Clear();
                foreach (var (id, card) in fresh)
                    cards[id] = card;
            }
        }

        foreach (var (id, card) in fresh)
            found[id] = card;
        return found;
    }

    private static async Task<List<(Guid Id, Card Card)>> Load(Guid[] ids, IServiceScopeFactory scopes, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var connection = await scope.ServiceProvider.GetRequiredService<ListingsDb>().Connection(ct);
        await using var command = new NpgsqlCommand("SELECT practitioner_id, card FROM search_cards WHERE practitioner_id = ANY ($1) AND card IS NOT NULL", connection)
        { Parameters = { new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var cards = new List<(Guid, Card)>(ids.Length);
        while (await reader.ReadAsync(ct))
            cards.Add((reader.GetGuid(0), Card.FromJson(reader.GetFieldValue<byte[]>(1))));
        return cards;
    }
}
