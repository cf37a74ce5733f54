namespace Listings.Search;

/// <summary>Who of a block of spots misses which filter.</summary>
internal ref struct Misses(ulong here, Span<ulong> missed)
{
    private readonly Span<ulong> missed = missed;
    private ulong any;

    /// <summary>Who misses none or one.</summary>
    public ulong AtMostOne { get; private set; } = here;

    public void Note(int filter, ulong missing)
    {
        missed[filter] = missing;
        AtMostOne &= ~(any & missing);
        any |= missing;
    }

    /// <summary>Who misses no filter, or only this one; −1 for one that is not asked for.</summary>
    public readonly ulong But(int filter) => AtMostOne & (filter < 0 ? ~any : ~any | missed[filter]);

    /// <summary>Who misses none of these two, and at most one other.</summary>
    public readonly ulong Neither(int one, int other) => AtMostOne & ~(one < 0 ? 0 : missed[one]) & ~missed[other];
}
