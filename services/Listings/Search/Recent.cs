using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Listings.Search;

/// <summary>What results have shown of practitioners lately. What changes is forgotten by whoever hears of the change.</summary>
/// <param name="most">Of so many practitioners at once.</param>
/// <param name="sql">Asks for those whose ids are in <c>$1</c>; an id comes first.</param>
internal sealed class Recent<T>(int most, string sql, Func<NpgsqlDataReader, T> read)
{
    private readonly Dictionary<Guid, T> known = [];
    private readonly Lock gate = new();
    private int changes;

    public void Forget(Guid id)
    {
        lock (gate)
        {
            changes++;
            known.Remove(id);
        }
    }

    /// <summary>All in one question to the database at most. Of whom nothing is known is missing.</summary>
    public async Task<IReadOnlyDictionary<Guid, T>> Read(IReadOnlyCollection<Guid> ids, IServiceScopeFactory scopes, CancellationToken ct)
    {
        var found = new Dictionary<Guid, T>(ids.Count);
        int before;
        lock (gate)
        {
            before = changes;
            foreach (var id in ids)
            {
                if (known.TryGetValue(id, out var what))
                    found.Add(id, what);
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
                if (known.Count + fresh.Count > most)
                    known.Clear();
                foreach (var (id, what) in fresh)
                    known[id] = what;
            }
        }

        foreach (var (id, what) in fresh)
            found[id] = what;
        return found;
    }

    private async Task<List<(Guid Id, T What)>> Load(Guid[] ids, IServiceScopeFactory scopes, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var connection = await scope.ServiceProvider.GetRequiredService<ListingsDb>().Connection(ct);
        await using var command = new NpgsqlCommand(sql, connection)
        { Parameters = { new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<(Guid, T)>(ids.Length);
        while (await reader.ReadAsync(ct))
            rows.Add((reader.GetGuid(0), read(reader)));
        return rows;
    }
}
