namespace Listings.Search;

/// <summary>
/// The credentials of a practitioner as bytes: what each is in two of them, then its days, of <see cref="Days"/>, as far as there are any: most trainings
/// never end, and nobody says when a licence began.
/// </summary>
internal static class PackedCredentials
{
    /// <summary>In place of a lineage: the credential is a licence, whose number is in place of the level; or a lineage that this version does not know.</summary>
    private const int Licence = 63, UnknownLineage = 62;

    /// <summary>In place of a level or licence: none that this version knows.</summary>
    private const int None = 63;

    private const int LevelShift = 6, EvidenceShift = 12, Begins = 1 << 14, Ends = 1 << 15;

    public static void Write(PackedWriter packed, Card card)
    {
        packed.Byte(card.Holdings.Count + card.Licences.Count);
        foreach (var holding in card.Holdings)
        {
            var level = holding.Level is null ? null : Kinds.Level.NumberOf(holding.Level);
            Write(packed, Kinds.Lineage.NumberOf(holding.Lineage) ?? UnknownLineage, level, holding.Evidence, Days.Of(holding.From), Days.Of(holding.To ?? DateOnly.MaxValue));
        }

        foreach (var licence in card.Licences)
            Write(packed, Licence, Kinds.Licence.NumberOf(licence.Code), EvidenceState.SelfDeclared, 0, Days.Of(licence.To ?? DateOnly.MaxValue));
    }

    private static void Write(PackedWriter packed, int lineage, int? level, EvidenceState evidence, ushort from, ushort to)
    {
        var days = (from > 0 ? Begins : 0) | (to < ushort.MaxValue ? Ends : 0);
        packed.UShort(lineage | ((level ?? None) << LevelShift) | ((int)evidence << EvidenceShift) | days);
        if (from > 0)
            packed.UShort(from);
        if (to < ushort.MaxValue)
            packed.UShort(to);
    }

    /// <summary>Goes on to what lies behind them.</summary>
    public static void Skip(ref PackedReader packed)
    {
        for (var left = packed.Byte(); left > 0; left--)
        {
            var what = packed.UShort();
            packed.Take((((what & Begins) != 0 ? 1 : 0) + ((what & Ends) != 0 ? 1 : 0)) * sizeof(ushort));
        }
    }

    /// <summary>The bits, of <see cref="Kinds.Dated"/>, of those that are valid on <paramref name="day"/>.</summary>
    public static Bits On(int day, ReadOnlySpan<byte> packed)
    {
        var held = new Bits();
        var reader = new PackedReader(packed);
        for (var left = reader.Byte(); left > 0; left--)
        {
            var what = reader.UShort();
            var from = (what & Begins) != 0 ? reader.UShort() : 0;
            var to = (what & Ends) != 0 ? reader.UShort() : ushort.MaxValue;
            if (day >= from && day <= to)
                Add(ref held, what & 63, what >> LevelShift & 63, (EvidenceState)(what >> EvidenceShift & 3));
        }

        return held;
    }

    private static void Add(ref Bits held, int lineage, int level, EvidenceState evidence)
    {
        if (lineage == Licence)
        {
            held[Kinds.Licence.Word] |= level == None ? 0 : Kinds.Licence.Bit(level);
            return;
        }

        if (lineage != UnknownLineage)
        {
            held[Kinds.Lineage.Word] |= Kinds.Lineage.Bit(lineage);
            held[Kinds.Evidenced.Word] |= evidence >= EvidenceState.DocumentSeen ? Kinds.Evidenced.Bit(lineage) : 0;
        }

        held[Kinds.Level.Word] |= level == None ? 0 : Kinds.LevelsUpTo[level];
    }
}
