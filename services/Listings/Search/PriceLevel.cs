using System.Numerics;

namespace Listings.Search;

/// <summary>Prices as steps of two bytes, each at most a two-thousandth above the one before: enough to know who cannot be among the cheapest.</summary>
internal static class PriceLevel
{
    private const int Exact = 1 << Halvings, Halvings = 11;

    /// <summary>The step that a price in minor units lies on; 45,055 at the most.</summary>
    public static ushort Of(uint price)
    {
        if (price < Exact)
            return (ushort)price;
        var halvings = BitOperations.Log2(price) - Halvings;
        return (ushort)((halvings * Exact) + (price >> halvings));
    }

    /// <summary>The lowest price on a step; <see cref="VisitsFound.None"/> on the last, where there is no price.</summary>
    public static long Least(ushort level) => level < Exact ? level : Math.Min(VisitsFound.None, (Exact + (level % Exact)) * (1L << ((level / Exact) - 1)));
}
