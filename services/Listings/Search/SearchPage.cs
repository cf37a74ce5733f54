using Npgsql;
using NpgsqlTypes;
using Platform;

namespace Listings.Search;

/// <summary>One page of results, with where the next one begins.</summary>
internal sealed record SearchPage(IReadOnlyList<SearchPractitioners.Item> Items, int Total, bool TotalIsLowerBound, Position? Next)
{
    private const int ExactUpTo = 1_000;
    private const int ShownOpenings = 3;

    public static async Task<SearchPage> Read(NpgsqlConnection connection, Wanted wanted, Masks masks, Position? after, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        var page = new NpgsqlBatchCommand(SearchSql.Shown(wanted, after is null));
        // One more than is shown, to know whether there is a next page.
        SearchSql.Bind(page.Parameters, wanted, masks, wanted.Limit + 1);
        batch.BatchCommands.Add(page);
        if (after is null)
        {
            var total = new NpgsqlBatchCommand(SearchSql.Total(wanted));
            SearchSql.Bind(total.Parameters, wanted, masks, ExactUpTo + 1);
            batch.BatchCommands.Add(total);
        }
        else
        {
            page.Parameters.Add(wanted.Order == SearchOrder.Distance
                ? new() { Value = after.Metres, NpgsqlDbType = NpgsqlDbType.Double }
                : new() { Value = (after.NextAt ?? DateTimeOffset.MaxValue).UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
            page.Parameters.Add(new() { Value = after.Id, NpgsqlDbType = NpgsqlDbType.Uuid });
        }

        await batch.PrepareAsync(ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var found = new List<(SearchPractitioners.Item Item, Position Key)>();
        while (await reader.ReadAsync(ct))
            found.Add(ReadRow(reader, wanted));

        var count = after?.Total ?? 0;
        var more = after?.TotalIsLowerBound ?? false;
        if (after is null)
        {
            await reader.NextResultAsync(ct);
            await reader.ReadAsync(ct);
            (count, more) = reader.GetInt32(0) is var counted and > ExactUpTo ? (ExactUpTo, true) : (reader.GetInt32(0), false);
        }

        var next = found.Count > wanted.Limit ? found[wanted.Limit - 1].Key with { Total = count, TotalIsLowerBound = more } : null;
        return new([.. found.Take(wanted.Limit).Select(f => f.Item)], count, more, next);
    }

    private static (SearchPractitioners.Item Item, Position Key) ReadRow(NpgsqlDataReader reader, Wanted wanted)
    {
        var id = reader.GetGuid(0);
        double? metres = reader.IsDBNull(2) ? null : reader.GetDouble(2);
        var nextAt = reader.GetDateTime(3);
        var card = Card.FromJson(reader.GetString(4));
        var at = LocationCard.FromJson(reader.GetString(5));
        var onlineOnly = wanted.Formats.Count > 0 && wanted.Formats.All(f => f == VisitFormat.Online);
        var item = new SearchPractitioners.Item(
            id, card.Slug, card.Name, card.Headline, null, card.Demo, metres is null ? null : Math.Round(Globe.Kilometres(metres.Value), 1), at.Location, card.LineagesOn(wanted.Today),
            card.Specialties, card.Formats, card.Languages, card.PractisingSince, onlineOnly ? at.OnlinePrice ?? at.FromPrice : at.FromPrice, null, Openings(reader, at.Location, wanted.Now));
        return (item, new(metres, nextAt == DateTime.MaxValue ? null : new DateTimeOffset(nextAt), id, 0, false));
    }

    /// <summary>The first starts that can still be booked at this moment, in the location's own time.</summary>
    private static List<SearchPractitioners.Opening> Openings(NpgsqlDataReader reader, ShownLocation location, DateTimeOffset now)
    {
        if (reader.IsDBNull(6))
            return [];
        var service = reader.GetGuid(6);
        var soonest = now.AddMinutes(reader.GetInt32(7));
        var zone = Zones.Get(location.TimeZone);
        return [.. reader.GetFieldValue<DateTime[]>(8).Where(start => start >= soonest).Take(ShownOpenings)
            .Select(start => new SearchPractitioners.Opening(Zones.ToLocal(new DateTimeOffset(start), zone), service, location.Id))];
    }
}
