using System.Numerics;

namespace Listings.Search;

/// <summary>Prices as steps of a byte, each at most an eighth above the one before: enough to know who cannot be among the cheapest.</summary>
internal static class PriceLevel
{
    private const int Exact = 8;

    /// <summary>The step that a price in minor units lies on; 239 at the most.</summary>
    public static byte Of(uint price)
    {
        if (price < Exact)
            return (byte)price;
        var halvings = BitOperations.Log2(price) - 3;
        return (byte)((halvings * Exact) + (price >> halvings));
    }

    /// <summary>The lowest price on a step; <see cref="VisitsFound.None"/> on the last, where there is no price.</summary>
    public static long Least(byte level) => level < Exact ? level : Math.Min(VisitsFound.None, (Exact + (level % Exact)) * (1L << ((level / Exact) - 1)));
}
