using System.Numerics;

namespace Listings.Search;

/// <summary>One filter over codes of a kind: all of some bits, or any of them.</summary>
internal readonly record struct CodeFilter(Kind Kind, ulong Mask, bool All)
{
    public bool Passes(in Bits bits) => All ? (bits[Kind.Word] & Mask) == Mask : (bits[Kind.Word] & Mask) != 0;

    /// <summary>Who of a block of spots passes.</summary>
    public ulong Passing(in Block codes) => All ? codes.WithAll(Kind, Mask) : codes.WithAny(Kind, Mask);
}

/// <summary>What a search asks of a spot, made ready to be asked of many.</summary>
internal sealed class SearchFilter
{
    /// <summary>By kilometres: squares of straight lines, for comparing with how far somebody travels.</summary>
    private static readonly long[] Travels = [.. Enumerable.Range(0, 256).Select(km => Point.Square(Globe.Chord(km)))];

    private const int OldAfterMinutes = 15;

    private readonly CodeFilter[] dated;

    public SearchFilter(Wanted wanted)
    {
        Area = wanted.Area;
        Day = Days.Of(wanted.Today);
        Clocks = new(wanted.Now);
        Order = wanted.Order;
        Words = wanted.Words;
        Codes = [.. wanted.CodeFilters()];
        AskedFormats = SpotWriter.FormatsOf(wanted.Formats);
        Visits = new(AskedFormats, wanted.Minutes ?? 0, wanted.MaxPrice ?? -1, wanted.Currency is null ? null : Register.Currencies.Find(wanted.Currency), wanted.Window);
        dated = [.. Codes.Where(f => Kinds.Dated.Contains(f.Kind))];
    }

    public Area Area { get; }

    /// <summary>By which credentials are judged, of <see cref="Days"/>.</summary>
    public int Day { get; }
    public LocalClocks Clocks { get; }
    public SearchOrder Order { get; }
    public FoundByWords? Words { get; }

    /// <summary>All filters over codes but that of formats, which depends on where one stands.</summary>
    public CodeFilter[] Codes { get; }
    public int AskedFormats { get; }
    public VisitWish Visits { get; }

    /// <summary>Whether introductory calls do not count, so that prices have a lower bound.</summary>
    private bool BoundsPrices => Visits.Minutes == 0 && (AskedFormats & (1 << (int)VisitFormat.Online)) == 0;

    /// <summary>Whether nobody below a node can be found.</summary>
    public bool Misses(Node node)
    {
        if (node.Count == 0 || Area.Misses(node.Box))
            return true;
        foreach (var filter in Codes)
        {
            if (!filter.Passes(node.Any))
                return true;
        }

        return (AskedFormats != 0 && ((int)(node.Any[Kinds.Format.Word] >> Kinds.Format.Shift) & AskedFormats) == 0) || (Visits.Window is not null && node.Soonest == uint.MaxValue);
    }

    /// <summary>Who of a block of a leaf's spots passes the filters over codes, if all their credentials are valid today.</summary>
    public ulong Passing(Node leaf, int block)
    {
        var passing = leaf.Everybody(block);
        var codes = leaf.Columns[block];
        foreach (var filter in Codes)
            passing &= filter.Passing(codes);
        return passing;
    }

    /// <summary>Whether somebody who passes so does as of today, and words have found them, if there were any.</summary>
    public bool Passes(Node leaf, int i)
    {
        if (!IsFound(leaf, i))
            return false;
        if (dated.Length == 0 || !leaf.Columns.IsLapsed(i, Day))
            return true;
        var held = PackedCredentials.On(Day, leaf.PackedOf(i));
        return Array.TrueForAll(dated, filter => filter.Passes(held));
    }

    /// <summary>Whether words have found the spot's practitioner, if there were any.</summary>
    public bool IsFound(Node leaf, int i) => Words is null || Words.Matches.RankOf(leaf.Columns.NumberOf(i)) >= 0;

    /// <summary>The formats in which visits can be had from where the search stands.</summary>
    public int FormatsOf(Node leaf, int i, long square)
    {
        var formats = 0;
        var codes = leaf.Columns[i / Block.Size];
        for (var format = 0; format < Kinds.Format.Codes.Count; format++)
            formats |= (int)(codes.WithAny(Kinds.Format, Kinds.Format.Bit(format)) >> (i % Block.Size) & 1) << format;
        const int AtHome = 1 << (int)VisitFormat.HomeVisit;
        return TravelsHere(leaf.Spots[i], square) ? formats : formats & ~AtHome;
    }

    /// <summary>Those of them in which a visit is wanted.</summary>
    public int WantedFormats(Node leaf, int i, long square) => AskedFormats == 0 ? ~Packed.IntroductoryMark : FormatsOf(leaf, i, square) & AskedFormats;

    public int WantedFormats(in Hit hit) => WantedFormats(hit.Leaf, hit.Index, hit.Square);

    /// <summary>Whether a practitioner who visits people at home comes to where the search stands.</summary>
    public bool TravelsHere(in Spot spot, long square) => !Area.HasPoint || square <= Travels[spot.TravelKm];

    /// <summary>Whether the spot's visits are what is asked for; with what orders by free time or price need.</summary>
    /// <param name="one">Whether that is not needed.</param>
    public bool PassesVisits(Node leaf, int i, long square, out VisitsFound found, bool one = false)
    {
        one |= Order is not (SearchOrder.Soonest or SearchOrder.Price);
        found = new(0, VisitsFound.None, VisitsFound.None);
        var formats = WantedFormats(leaf, i, square);
        if (formats == 0)
            return false;
        if (!one || Visits.IsFilter)
            found = Search.Visits.Find(leaf.PackedOf(i), Visits, formats, Clocks, Order == SearchOrder.Soonest && !one, one);
        return !Visits.IsFilter || found.Formats != 0;
    }

    /// <summary>What nobody below a node comes before.</summary>
    public Rank Least(Node node) => Order switch
    {
        SearchOrder.Distance => new(Area.SquareTo(node.Box), Guid.Empty),
        SearchOrder.Soonest when !node.IsLeaf => new(node.Soonest, Guid.Empty),
        SearchOrder.Soonest => SoonestOf(node) is var least && least.Key < BeginOf(node) ? new(BeginOf(node), Guid.Empty) : least,
        SearchOrder.Price when BoundsPrices => new(PriceLevel.Least(node.Cheapest), node.CheapestId),
        _ => default,
    };

    /// <summary>A key that nobody in a leaf comes after, as far as that is known without looking.</summary>
    public long MostKey(Node leaf) => Order == SearchOrder.Distance ? leaf.Box.FarthestSquareTo(Area.Point) : long.MaxValue;

    /// <summary>A key that a spot does not come before, as far as its columns tell.</summary>
    public long LeastKey(Node leaf, int i) => Order switch
    {
        SearchOrder.Soonest => Math.Max(SoonestOf(leaf, i), BeginOf(leaf)),
        SearchOrder.Price when BoundsPrices => leaf.Columns.CheapestOf(i),
        _ => 0,
    };

    /// <summary>Worked out again for all its spots when it has come and passed, or is so old that starts have come too close to be booked since.</summary>
    private Rank SoonestOf(Node leaf)
    {
        var known = leaf.Columns.Leaf;
        if (known is not null && known.AsOf > Clocks.Now)
            return default;
        if (known is not null && known.Least.Key >= Clocks.Now && Clocks.Now - known.AsOf < OldAfterMinutes)
            return known.Least;
        var least = Rank.Last;
        for (var i = 0; i < leaf.Count; i++)
        {
            var bound = Search.Visits.NotBefore(leaf.PackedOf(i), Clocks);
            leaf.Columns.Later(i, Clocks.Now, bound);
            if (bound <= least.Key && new Rank(bound, leaf.Spots[i].Id) is var rank && rank.CompareTo(least) < 0)
                least = rank;
        }

        leaf.Columns.Leaf = new(Clocks.Now, least);
        return least;
    }

    private uint SoonestOf(Node leaf, int i)
    {
        var bound = leaf.Columns.SoonestOf(i, Clocks.Now);
        if (bound == 0 || bound >= Clocks.Now)
            return bound;
        bound = Search.Visits.NotBefore(leaf.PackedOf(i), Clocks);
        leaf.Columns.Later(i, Clocks.Now, bound);
        return bound;
    }

    /// <summary>When visits of a leaf can begin in the window at the soonest, where all its clocks are the same.</summary>
    private uint BeginOf(Node leaf)
    {
        if (Visits.Window is not { } window || leaf.Zone < 0)
            return 0;
        var (today, earliest, soonest) = (Clocks.Today(leaf.Zone), leaf.Columns.Earliest ??= new(leaf), VisitsFound.None);
        for (var left = window.Mask(today, today); left != 0; left &= left - 1)
        {
            var day = today + BitOperations.TrailingZeroCount(left);
            var begin = Clocks.BeginOfDay(day, leaf.Zone);
            if (begin >= soonest)
                break;
            for (var part = 0; part < SearchWindow.DayParts; part++)
            {
                var after = earliest[SearchWindow.WeekdayOf(day), part];
                if ((window.Parts >> part & 1) != 0 && after != EarliestStarts.Never)
                    soonest = Math.Min(soonest, begin + (uint)after);
            }
        }

        return soonest;
    }

    /// <summary>The same, as far as its currency tells.</summary>
    public long LeastKeyThere(Node leaf, int i) =>
        Order == SearchOrder.Price && Visits.Currency is not null && new VisitsReader(leaf.PackedOf(i)).Currency != Visits.Currency ? VisitsFound.None : 0;

    /// <summary>What comes first is smaller.</summary>
    public long KeyOf(Node leaf, int i, long square, in VisitsFound found) => Order switch
    {
        SearchOrder.Distance => square,
        SearchOrder.Soonest => found.Soonest,
        SearchOrder.Price => found.Price,
        // The reviews to come have no stars yet, so that all are alike.
        SearchOrder.Rating => 0,
        _ => Words?.Matches.RankOf(leaf.Columns.NumberOf(i)) ?? 0,
    };
}
