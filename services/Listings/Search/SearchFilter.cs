namespace Listings.Search;

/// <summary>One filter over codes of a kind: all of some bits, or any of them.</summary>
internal readonly record struct CodeFilter(Kind Kind, ulong Mask, bool All)
{
    public bool Passes(in Bits bits) => All ? (bits[Kind.Word] & Mask) == Mask : (bits[Kind.Word] & Mask) != 0;
}

/// <summary>What a search asks of a spot, made ready to be asked of many.</summary>
internal sealed class SearchFilter
{
    /// <summary>By kilometres: squares of straight lines, for comparing with how far somebody travels.</summary>
    private static readonly long[] Travels = [.. Enumerable.Range(0, 256).Select(km => Point.Square(Globe.Chord(km)))];

    private readonly Bits must;
    private readonly CodeFilter[] any;
    private readonly bool dated;

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
        foreach (var filter in Codes.Where(f => f.All))
            must[filter.Kind.Word] |= filter.Mask;
        any = [.. Codes.Where(f => !f.All)];
        dated = Codes.Any(f => f.Kind == Kinds.Lineage || f.Kind == Kinds.Evidenced || f.Kind == Kinds.Level || f.Kind == Kinds.Licence);
    }

    public Area Area { get; }

    /// <summary>By which credentials are judged, of <see cref="Days"/>.</summary>
    public int Day { get; }
    public LocalClocks Clocks { get; }
    public SearchOrder Order { get; }
    public FoundByWords? Words { get; }

    /// <summary>All filters over codes but that of formats, which depends on where one stands.</summary>
    public IReadOnlyList<CodeFilter> Codes { get; }
    public int AskedFormats { get; }
    public VisitWish Visits { get; }

    /// <summary>Whether nobody below a node can be found.</summary>
    public bool Misses(Node node)
    {
        if (node.Count == 0 || !node.Any.HasAll(must) || Area.Misses(node.Box))
            return true;
        foreach (var filter in any)
        {
            if (!filter.Passes(node.Any))
                return true;
        }

        return (AskedFormats != 0 && ((int)(node.Any[Kinds.Format.Word] >> Kinds.Format.Shift) & AskedFormats) == 0) || (Visits.Window is not null && node.Soonest == uint.MaxValue);
    }

    /// <summary>Whether a spot's practitioner passes the filters over codes.</summary>
    public bool PassesCodes(Node leaf, int i)
    {
        ref readonly var spot = ref leaf.Spots[i];
        if (!Passes(spot.Bits) || !IsFound(spot))
            return false;
        return !dated || IsSteady(spot) || Passes(PackedCredentials.On(Day, spot.Bits, leaf.PackedOf(i)));
    }

    /// <summary>Whether words have found the spot's practitioner, if there were any.</summary>
    public bool IsFound(in Spot spot) => Words is null || Words.Matches.RankOf(spot.Number) >= 0;

    /// <summary>The spot's bits as of today.</summary>
    public Bits BitsOf(Node leaf, int i) => IsSteady(leaf.Spots[i]) ? leaf.Spots[i].Bits : PackedCredentials.On(Day, leaf.Spots[i].Bits, leaf.PackedOf(i));

    /// <summary>The formats in which visits can be had from where the search stands: at home, as far as the practitioner travels.</summary>
    public int FormatsOf(in Spot spot, long square)
    {
        var formats = (int)(spot.Bits[Kinds.Format.Word] >> Kinds.Format.Shift) & 7;
        const int AtHome = 1 << (int)VisitFormat.HomeVisit;
        return (formats & AtHome) != 0 && Area.HasPoint && square > Travels[Math.Min(spot.TravelKm, Travels.Length - 1)] ? formats & ~AtHome : formats;
    }

    /// <summary>Whether the spot's visits are what is asked for; with what orders by free time or price need.</summary>
    public bool PassesVisits(Node leaf, int i, long square, out VisitsFound found)
    {
        found = new(0, VisitsFound.None, VisitsFound.None);
        var formats = FormatsOf(leaf.Spots[i], square);
        if (AskedFormats != 0 && (formats &= AskedFormats) == 0)
            return false;
        if (Order is SearchOrder.Soonest or SearchOrder.Price || Visits.IsFilter)
        {
            found = Search.Visits.Find(
                leaf.PackedOf(i), Visits, AskedFormats == 0 ? ~Packed.IntroductoryMark : formats, Clocks, Order == SearchOrder.Soonest, one: Order is not (SearchOrder.Soonest or SearchOrder.Price));
        }

        return !Visits.IsFilter || found.Formats != 0;
    }

    /// <summary>What comes first is smaller.</summary>
    public long KeyOf(in Spot spot, long square, in VisitsFound found) => Order switch
    {
        SearchOrder.Distance => square,
        SearchOrder.Soonest => found.Soonest,
        SearchOrder.Price => found.Price,
        // The reviews to come have no stars yet, so that all are alike.
        SearchOrder.Rating => 0,
        _ => Words?.Matches.RankOf(spot.Number) ?? 0,
    };

    private bool Passes(in Bits bits)
    {
        if (!bits.HasAll(must))
            return false;
        foreach (var filter in any)
        {
            if (!filter.Passes(bits))
                return false;
        }

        return true;
    }

    private bool IsSteady(in Spot spot) => spot.AllFrom <= Day && Day <= spot.AllTo;
}
