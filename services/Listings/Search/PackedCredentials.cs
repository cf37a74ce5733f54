namespace Listings.Search;

/// <summary>Reads what credentials a practitioner holds on a day.</summary>
internal static class PackedCredentials
{
    public const int Size = 7;

    /// <summary>The bits, of <see cref="Kinds.Dated"/>, of those that are valid on <paramref name="day"/>.</summary>
    public static Bits On(int day, ReadOnlySpan<byte> packed)
    {
        var held = new Bits();
        var reader = new PackedReader(packed);
        for (var left = reader.Byte(); left > 0; left--)
        {
            var (lineage, level, evidence, from, to) = (reader.Byte(), reader.Byte(), reader.Byte(), reader.UShort(), reader.UShort());
            if (day < from || day > to)
                continue;
            if (lineage == Packed.LicenceMark)
            {
                if (level != Packed.NoLevel)
                    held[Kinds.Licence.Word] |= 1UL << (Kinds.Licence.Shift + level);
                continue;
            }

            if (lineage < Kinds.Lineage.Codes.Count)
            {
                held[Kinds.Lineage.Word] |= 1UL << (Kinds.Lineage.Shift + lineage);
                if (evidence >= (int)EvidenceState.DocumentSeen)
                    held[Kinds.Evidenced.Word] |= 1UL << (Kinds.Evidenced.Shift + lineage);
            }

            if (level != Packed.NoLevel)
                held[Kinds.Level.Word] |= Kinds.LevelsUpTo[level];
        }

        return held;
    }
}
