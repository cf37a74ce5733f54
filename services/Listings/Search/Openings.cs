using Contracts;

namespace Listings.Search;

/// <summary>A practitioner's free times as Availability told them last, and how they lie in the database.</summary>
/// <param name="NoticeMinutes">A start can be booked until this long before it.</param>
public sealed record Openings(int NoticeMinutes, IReadOnlyList<VisitOpenings> Visits)
{
    /// <summary>Takes over the rows of <c>told</c>; whatever a higher version said stays.</summary>
    internal const string Upsert =
        """
        INSERT INTO search_openings (practitioner_id, version, notice_minutes, visits) SELECT practitioner_id, version, notice_minutes, visits FROM told
        ON CONFLICT (practitioner_id) DO UPDATE SET
            version = excluded.version, notice_minutes = excluded.notice_minutes, visits = excluded.visits, changed = pg_current_xact_id()
        WHERE search_openings.version < excluded.version
        """;

    private const int VisitSize = 16 + 16 + 4 + 8 + 8 + 8 + 1;

    /// <summary>Null when nothing was told of that service there.</summary>
    public VisitOpenings? Of(Guid locationId, Guid serviceId)
    {
        foreach (var visit in Visits)
        {
            if (visit.LocationId == locationId && visit.ServiceId == serviceId)
                return visit;
        }

        return null;
    }

    /// <summary>The visits as bytes; starts to the minute.</summary>
    public static byte[] ToBytes(IReadOnlyCollection<VisitOpenings> visits)
    {
        using var stream = new MemoryStream(visits.Count * (VisitSize + (4 * Packed.MostStarts)));
        using var writer = new BinaryWriter(stream);
        foreach (var visit in visits)
        {
            writer.Write(visit.LocationId.ToByteArray());
            writer.Write(visit.ServiceId.ToByteArray());
            writer.Write(visit.From.DayNumber);
            writer.Write(visit.Mornings);
            writer.Write(visit.Afternoons);
            writer.Write(visit.Evenings);
            var starts = visit.Starts.Order().Take(Packed.MostStarts).ToList();
            writer.Write((byte)starts.Count);
            foreach (var start in starts)
                writer.Write(Days.MinuteAt(start));
        }

        return stream.ToArray();
    }

    public static Openings FromBytes(int noticeMinutes, byte[] bytes)
    {
        var visits = new List<VisitOpenings>();
        using var reader = new BinaryReader(new MemoryStream(bytes));
        while (reader.BaseStream.Position < bytes.Length)
        {
            var (location, service) = (new Guid(reader.ReadBytes(16)), new Guid(reader.ReadBytes(16)));
            var from = DateOnly.FromDayNumber(reader.ReadInt32());
            var (mornings, afternoons, evenings) = (reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64());
            var starts = new DateTimeOffset[reader.ReadByte()];
            for (var i = 0; i < starts.Length; i++)
                starts[i] = Days.InstantOf(reader.ReadUInt32());
            visits.Add(new(location, service, from, mornings, afternoons, evenings, starts));
        }

        return new(noticeMinutes, visits);
    }
}
