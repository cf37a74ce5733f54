namespace Listings.Demo;

/// <summary>
/// Random numbers that come out the same every time (SplitMix64), each practitioner with dice of their own, so that the hundredth is the same
/// whether a thousand are made or a million.
/// </summary>
internal sealed class Dice(ulong seed, ulong turn)
{
    private ulong state = Mix(seed) ^ Mix(turn * 0x9E3779B97F4A7C15);

    public ulong Next() => Mix(state += 0x9E3779B97F4A7C15);

    /// <summary>0 inclusive to 1 exclusive.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double share) => Share() < share;

    /// <summary>Both bounds included.</summary>
    public int Between(int least, int most) => least + (int)(Share() * (most - least + 1));

    public T Pick<T>(IReadOnlyList<T> from) => from[(int)(Share() * from.Count)];

    /// <summary>A key, as often as its weight says.</summary>
    public string Pick(IReadOnlyDictionary<string, double> weights)
    {
        var rest = Share() * weights.Values.Sum();
        foreach (var (key, weight) in weights)
        {
            rest -= weight;
            if (rest < 0)
                return key;
        }
        return weights.Keys.Last();
    }

    /// <summary>That many different ones, in the order of the list.</summary>
    public IReadOnlyList<T> Some<T>(IReadOnlyList<T> from, int count)
    {
        var left = Math.Min(count, from.Count);
        var picked = new List<T>(left);
        for (var i = 0; left > 0; i++)
        {
            if (Share() * (from.Count - i) >= left)
                continue;
            picked.Add(from[i]);
            left--;
        }
        return picked;
    }

    /// <summary>A UUIDv7 of that millisecond.</summary>
    public Guid Id(long unixMilliseconds)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, unixMilliseconds << 16 | (long)(Next() & 0x0FFF) | 0x7000);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (Next() & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000);
        return new Guid(bytes, bigEndian: true);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
