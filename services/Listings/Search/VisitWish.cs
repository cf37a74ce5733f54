namespace Listings.Search;

/// <summary>What a visit must be like to count.</summary>
/// <param name="Formats">Bits of the formats asked for, 0 for any. Introductory calls count when online is among them, or a length is asked for.</param>
/// <param name="Minutes">0 for any length.</param>
/// <param name="MostPrice">In minor units; −1 for any.</param>
/// <param name="Currency">Number in <see cref="Register.Currencies"/> in which the price must be, −1 for one that nobody takes; null for any.</param>
/// <param name="Window">Null when it may be at any time or not at all.</param>
internal readonly record struct VisitWish(int Formats, int Minutes, long MostPrice, int? Currency, SearchWindow? Window)
{
    public bool IsFilter => Minutes != 0 || MostPrice >= 0 || Window is not null;

    /// <summary>Whether a visit is what is asked for, but for when it is.</summary>
    /// <param name="formats">Bits of the formats that can be had, from where the search stands.</param>
    /// <param name="currency">Of the visit, a number in <see cref="Register.Currencies"/>.</param>
    public bool Counts(in Visit visit, int formats, int currency) =>
        Counts(visit) && (visit.Formats & formats) != 0 && (MostPrice < 0 || (visit.Price <= MostPrice && (Currency is null || currency == Currency)));

    public bool Counts(in Visit visit) =>
        ((visit.Formats & Packed.IntroductoryMark) == 0 || Minutes != 0 || (Formats & (1 << (int)VisitFormat.Online)) != 0) && (Minutes == 0 || visit.Minutes == Minutes);
}

/// <summary>What a location's visits come to, of those that count and meet the wish.</summary>
/// <param name="Formats">Bits of the formats that one of them can be had in; 0 when there is none.</param>
/// <param name="Soonest">When the first of them begins, in minutes since 1970.</param>
/// <param name="Price">The lowest, in the wish's currency.</param>
internal readonly record struct VisitsFound(int Formats, uint Soonest, uint Price)
{
    public const uint None = uint.MaxValue;
}
