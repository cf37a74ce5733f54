using System.Runtime.InteropServices;

namespace Listings.Search;

/// <summary>When the first visit begins on each weekday in each part of the day: in minutes since the day began, or <see cref="Nothing"/>, or <see cref="Unknown"/>.</summary>
internal sealed class Week : IEquatable<Week>
{
    /// <summary>No visit begins then.</summary>
    public const int Nothing = -2;

    /// <summary>One does, but it was not told when.</summary>
    public const int Unknown = -1;

    public const int Weekdays = 7;

    public static readonly Week Empty = new((_, _) => Nothing);

    private readonly short[] firsts = new short[SearchWindow.DayParts * Weekdays];
    private readonly byte[] told = new byte[SearchWindow.DayParts];

    /// <param name="first">By part of the day, and weekday from Monday, 0.</param>
    public Week(Func<int, int, int> first)
    {
        for (var part = 0; part < told.Length; part++)
        {
            for (var weekday = 0; weekday < Weekdays; weekday++)
            {
                var minutes = first(part, weekday);
                firsts[(part * Weekdays) + weekday] = (short)minutes;
                told[part] |= (byte)(minutes == Nothing ? 0 : 1 << weekday);
            }
        }
    }

    /// <param name="weekday">From Monday, 0.</param>
    public int this[int part, int weekday] => firsts[(part * Weekdays) + weekday];

    /// <summary>Bits, from Monday on, of the weekdays on which a visit begins in a part of the day.</summary>
    public int WeekdaysOf(int part) => told[part];

    public bool Equals(Week? other) => other is not null && firsts.AsSpan().SequenceEqual(other.firsts);

    public override bool Equals(object? obj) => Equals(obj as Week);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(firsts.AsSpan()));
        return hash.ToHashCode();
    }
}
