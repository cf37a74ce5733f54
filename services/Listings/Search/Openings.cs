using Contracts;

namespace Listings.Search;

/// <summary>A practitioner's free times as Availability told them last, and how they lie in the database.</summary>
/// <param name="NoticeMinutes">A start can be booked until this long before it.</param>
public sealed record Openings(int NoticeMinutes, IReadOnlyList<VisitOpenings> Visits)
{
    /// <summary>Takes over the rows of <c>told</c>; whatever a higher version said stays.</summary>
    internal const string Upsert =
        """
        INSERT INTO search_openings (practitioner_id, version, notice_minutes, visits, days, days_version)
        SELECT practitioner_id, version, notice_minutes, visits, days, version FROM told
        ON CONFLICT (practitioner_id) DO UPDATE SET
            version = excluded.version, notice_minutes = excluded.notice_minutes, visits = excluded.visits, days = excluded.days, days_version = excluded.days_version,
            changed = pg_current_xact_id()
        WHERE search_openings.version < excluded.version
        """;

    /// <summary>For SQL, of search_openings <c>o</c>: what <see cref="FromBytes"/> reads, in its order; all null where nothing was told.</summary>
    internal const string Columns = "o.notice_minutes, o.visits, CASE WHEN o.days_version = o.version THEN o.days END";

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

    /// <summary>The visits as bytes, without <see cref="VisitOpenings.Days"/>; starts to the minute.</summary>
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

    /// <summary>What <see cref="ToBytes"/> leaves out; null when it was not told.</summary>
    public static byte[]? DaysToBytes(IReadOnlyCollection<VisitOpenings> visits)
    {
        if (visits.Any(v => v.Days is null))
            return null;
        var packed = new PackedWriter();
        foreach (var visit in visits)
        {
            packed.Varying((uint)visit.Days!.Count);
            foreach (var together in visit.Days)
            {
                packed.ULong(together.Days);
                packed.Varying((uint)together.Minutes.Count);
                foreach (var (i, minutes) in together.Minutes.Index())
                    packed.Varying((uint)(minutes - (i == 0 ? 0 : together.Minutes[i - 1])));
            }
        }

        return packed.Bytes.ToArray();
    }

    /// <param name="days">Null when not known.</param>
    public static Openings FromBytes(int noticeMinutes, byte[] bytes, byte[]? days = null)
    {
        var told = new PackedReader(days);
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
            visits.Add(new(location, service, from, mornings, afternoons, evenings, starts, days is null ? null : ReadDays(ref told)));
        }

        return new(noticeMinutes, visits);
    }

    private static DayStarts[] ReadDays(ref PackedReader told)
    {
        var together = new DayStarts[told.Varying()];
        for (var i = 0; i < together.Length; i++)
        {
            var days = told.ULong();
            var minutes = new int[told.Varying()];
            var last = 0;
            for (var j = 0; j < minutes.Length; j++)
                minutes[j] = last += (int)told.Varying();
            together[i] = new(days, minutes);
        }

        return together;
    }
}

/// <summary>The same in the bytes of its row.</summary>
internal sealed record StoredOpenings(int NoticeMinutes, byte[] Visits, byte[]? Days)
{
    public Openings Read() => Openings.FromBytes(NoticeMinutes, Visits, Days);
}
