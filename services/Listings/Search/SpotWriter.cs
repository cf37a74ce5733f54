using Contracts;
using Platform;

namespace Listings.Search;

/// <summary>Makes the index's rows of a practitioner, one for each location, from what is stored of them.</summary>
internal sealed class SpotWriter
{
    private const uint None = uint.MaxValue;

    private readonly PackedWriter packed = new(), times = new(), free = new();
    private readonly FreeDaysWriter freeDays = new(Register.Weeks);
    private readonly List<(Spot Spot, Row Row, int From, int Length)> spots = [];

    public int Count => spots.Count;

    public ref readonly Spot this[int i] => ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(spots)[i].Spot;

    public Row RowOf(int i) => spots[i].Row;

    public ReadOnlySpan<byte> PackedOf(int i) => packed.Bytes.Slice(spots[i].From, spots[i].Length);

    /// <summary>Forgets what was written before.</summary>
    /// <param name="number">By which words find them.</param>
    /// <param name="card">Null when nothing is published: no rows.</param>
    /// <param name="openings">Null when nobody has told any.</param>
    public void Write(Guid id, int number, Card? card, Openings? openings)
    {
        Clear();
        if (card is null)
            return;
        var held = Held(card, out var allFrom, out var allTo);
        foreach (var place in card.Places)
        {
            var bits = held;
            bits.Add(Kinds.Access, place.Access);
            bits[Kinds.Format.Word] |= (ulong)FormatsOf(place.Formats) << Kinds.Format.Shift;
            var point = Point.At(Globe.At(place.Location.Lat, place.Location.Lon));
            var from = packed.Length;
            PackedCredentials.Write(packed, card);
            var soonest = Visits(card, place, openings, ref bits);
            spots.Add((
                new Spot
                {
                    Id = id,
                    X = point.X,
                    Y = point.Y,
                    Z = point.Z,
                    Tag = TagOf(place.Location.Id),
                    TravelKm = (byte)Math.Clamp(place.TravelRadiusKm ?? 0, 0, byte.MaxValue),
                },
                new(number, bits, allFrom, allTo, soonest, CheapestOf(place)), from, packed.Length - from));
        }
    }

    /// <summary>No rows.</summary>
    public void Clear()
    {
        packed.Clear();
        spots.Clear();
    }

    /// <summary>A short stand-in for an id among the few of one practitioner.</summary>
    public static uint TagOf(Guid id) => (uint)id.GetHashCode();

    /// <summary>A short stand-in for visits in their order: when it is another one, somebody has changed them.</summary>
    public static ushort CheckOf(IReadOnlyList<CardVisit> visits) => (ushort)(visits.Aggregate(0U, (sum, visit) => (sum ^ TagOf(visit.Id)) * 0x9E3779B1) >> 16);

    public static int FormatsOf(IEnumerable<VisitFormat> formats) => formats.Aggregate(0, (bits, format) => bits | (1 << (int)format));

    private static Bits Held(Card card, out ushort allFrom, out ushort allTo)
    {
        var bits = new Bits();
        (allFrom, allTo) = (0, ushort.MaxValue);
        foreach (var holding in card.Holdings)
        {
            bits.Add(Kinds.Lineage, holding.Lineage);
            if (holding.Evidence >= EvidenceState.DocumentSeen)
                bits.Add(Kinds.Evidenced, holding.Lineage);
            if (holding.Level is not null && Kinds.Level.NumberOf(holding.Level) is { } level)
                bits[Kinds.Level.Word] |= Kinds.LevelsUpTo[level];
            allFrom = Math.Max(allFrom, Days.Of(holding.From));
            allTo = Math.Min(allTo, Days.Of(holding.To ?? DateOnly.MaxValue));
        }

        foreach (var licence in card.Licences)
        {
            bits.Add(Kinds.Licence, licence.Code);
            allTo = Math.Min(allTo, Days.Of(licence.To ?? DateOnly.MaxValue));
        }

        bits.Add(Kinds.Specialty, card.Specialties);
        bits.Add(Kinds.Population, card.Populations);
        bits.Add(Kinds.Technique, card.Techniques);
        bits.Add(Kinds.Modality, card.Modalities);
        bits.Add(Kinds.Language, card.Languages);
        bits.Add(Kinds.Approach, card.Approach);
        bits.Add(Kinds.Gender, card.Gender);
        bits.Add(Kinds.SlidingScale, card.SlidingScale ? "true" : null);
        bits.Add(Kinds.AcceptsNew, card.AcceptsNew ? "true" : null);
        if (card.Places.Count > 1)
            bits.Add(Kinds.Several, card.Places.DistinctBy(p => (p.Location.Lat, p.Location.Lon)).Count() > 1 ? "apart" : "together");
        return bits;
    }

    private static ushort CheapestOf(CardPlace place) =>
        place.Visits.Where(v => !v.Introductory).Select(v => PriceLevel.Of((uint)Math.Clamp(v.Price, 0, uint.MaxValue))).DefaultIfEmpty(ushort.MaxValue).Min();

    /// <summary>Writes the visits, and notes when there are free ones. Answers the first start of all, or <see cref="None"/>.</summary>
    private uint Visits(Card card, CardPlace place, Openings? openings, ref Bits bits)
    {
        var zone = Zones.Get(place.Location.TimeZone);
        packed.Varying((uint)Register.Terms.NumberOf(new(
            Register.Zones.NumberOf(place.Location.TimeZone), Register.Currencies.NumberOf(card.Currency ?? ""), (uint)Math.Max(0, openings?.NoticeMinutes ?? 0))));
        packed.Byte(place.Visits.Count);
        packed.UShort(CheckOf(place.Visits));
        var soonest = None;
        uint[]? shared = null;
        byte[] before = [];
        foreach (var visit in place.Visits)
        {
            packed.Varying((uint)Register.Offers.NumberOf(new(
                visit.Minutes, FormatsOf(visit.Formats) | (visit.Introductory ? Packed.IntroductoryMark : 0), (uint)Math.Clamp(visit.Price, 0, uint.MaxValue))));
            times.Clear();
            if (openings?.Of(place.Location.Id, visit.Id) is { Starts.Count: > 0 } told)
            {
                Add(ref bits, told);
                free.Clear();
                freeDays.Write(free, told, zone);
                // Most often they are those of the visit before.
                times.Counted(free.Bytes.SequenceEqual(before) ? [] : before = free.Bytes.ToArray());
                uint[] starts = [.. told.Starts.Take(Packed.MostStarts).Select(Days.MinuteAt)];
                StartList.Write(times, starts, shared, told.From, zone);
                soonest = Math.Min(soonest, starts[0]);
                shared ??= starts;
            }

            packed.Counted(times.Bytes);
        }

        return soonest;
    }

    private static void Add(ref Bits bits, VisitOpenings told)
    {
        var parts = (told.Mornings != 0 ? 1 : 0) | (told.Afternoons != 0 ? 2 : 0) | (told.Evenings != 0 ? 4 : 0);
        var weekdays = SearchWindow.WeekdaysOf(told.Mornings | told.Afternoons | told.Evenings, Days.Of(told.From));
        bits[Kinds.PartOfDay.Word] |= (ulong)parts << Kinds.PartOfDay.Shift;
        bits[Kinds.Weekday.Word] |= (ulong)weekdays << Kinds.Weekday.Shift;
    }
}
