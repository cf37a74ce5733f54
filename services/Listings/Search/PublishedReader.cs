using Npgsql;

namespace Listings.Search;

/// <summary>Reads published practitioners one after another, past the context: of a million of them next to nobody is kept in memory, which costs more than reading does.</summary>
internal static class PublishedReader
{
    /// <summary>For SQL: of practitioners <c>p</c>.</summary>
    public const string Columns = "p.id, p.slug, p.demo, p.published, p.evidence, p.changed_at, p.published_at";

    /// <summary>How many they are: what comes after them begins there.</summary>
    public const int Count = 7;

    /// <summary>As far as searches are made from them; the columns come first.</summary>
    public static Practitioner Read(NpgsqlDataReader reader) => Practitioner.AsPublished(
        reader.GetGuid(0), reader.OrNull<string>(1), reader.GetBoolean(2),
        ListingReader.Read(reader.GetFieldValue<byte[]>(3)), ListingReader.ReadEvidence(reader.GetFieldValue<byte[]>(4)),
        reader.GetFieldValue<DateTimeOffset>(5), reader.OrNull<DateTimeOffset?>(6));

    /// <summary>Takes each of the rows that are answered. Whom <paramref name="take"/> refuses it takes after <paramref name="learn"/>, when all have been read.</summary>
    public static async Task Each<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, Func<T, bool> take, Func<Task> learn, CancellationToken ct)
    {
        var later = new List<T>();
        await using (command)
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var row = read(reader);
                if (!take(row))
                    later.Add(row);
            }
        }

        if (later.Count == 0)
            return;
        await learn();
        foreach (var row in later)
        {
            if (!take(row))
                throw new InvalidOperationException("What was asked for has not been learnt.");
        }
    }
}
