using System.Runtime.InteropServices;

namespace Listings.Search;

/// <summary>
/// A practitioner at one of their locations. Beside it lies what many are compared by (<see cref="Columns"/>), and packed what differs in length:
/// visits and the days of credentials (<see cref="Packed"/>), which are read for those only who meet the rest.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Spot
{
    public Guid Id;

    /// <summary>Centimetres from the middle of the Earth.</summary>
    public int X, Y, Z;

    /// <summary>Stands for the location among the practitioner's own.</summary>
    public uint Tag;

    /// <summary>0 when there are no home visits.</summary>
    public byte TravelKm;

    private byte offsetHigh;
    private ushort offsetLow;

    /// <summary>Where its packed part begins in its leaf; a multiple of two.</summary>
    public int Offset
    {
        readonly get => ((offsetHigh << 16) | offsetLow) * 2;
        set => (offsetHigh, offsetLow) = (checked((byte)(value >> 17)), (ushort)(value >> 1));
    }

    /// <summary>The square of the straight line to a point, in square centimetres.</summary>
    public readonly long SquareTo(in Point p)
    {
        long dx = X - p.X, dy = Y - p.Y, dz = Z - p.Z;
        return (dx * dx) + (dy * dy) + (dz * dz);
    }
}

/// <summary>Centimetres from the middle of the Earth.</summary>
internal readonly record struct Point(int X, int Y, int Z)
{
    public static Point At(Globe globe) => new(Cm(globe.X), Cm(globe.Y), Cm(globe.Z));

    public static Point Of(in Spot spot) => new(spot.X, spot.Y, spot.Z);

    /// <summary>The square of a straight line of so many metres.</summary>
    public static long Square(double metres) => (long)(metres * 100 * metres * 100);

    public int On(int axis) => axis switch { 0 => X, 1 => Y, _ => Z };

    private static int Cm(double metres) => (int)Math.Round(metres * 100);
}

/// <summary>A box around spots, edges included; in itself empty.</summary>
internal struct Box()
{
    public Point Least = new(int.MaxValue, int.MaxValue, int.MaxValue);
    public Point Most = new(int.MinValue, int.MinValue, int.MinValue);

    public void Add(Point p)
    {
        Least = new(Math.Min(Least.X, p.X), Math.Min(Least.Y, p.Y), Math.Min(Least.Z, p.Z));
        Most = new(Math.Max(Most.X, p.X), Math.Max(Most.Y, p.Y), Math.Max(Most.Z, p.Z));
    }

    public void Add(in Box other)
    {
        if (other.Least.X > other.Most.X)
            return;
        Add(other.Least);
        Add(other.Most);
    }

    public readonly long Extent(int axis) => (long)Most.On(axis) - Least.On(axis);

    /// <summary>The square of the straight line to the nearest point of the box; 0 inside.</summary>
    public readonly long SquareTo(Point p)
    {
        long dx = Beyond(p.X, Least.X, Most.X), dy = Beyond(p.Y, Least.Y, Most.Y), dz = Beyond(p.Z, Least.Z, Most.Z);
        return (dx * dx) + (dy * dy) + (dz * dz);
    }

    /// <summary>The square of the straight line to its farthest corner.</summary>
    public readonly long FarthestSquareTo(Point p)
    {
        long dx = Math.Max((long)p.X - Least.X, (long)Most.X - p.X), dy = Math.Max((long)p.Y - Least.Y, (long)Most.Y - p.Y), dz = Math.Max((long)p.Z - Least.Z, (long)Most.Z - p.Z);
        return (dx * dx) + (dy * dy) + (dz * dz);
    }

    private static int Beyond(int at, int least, int most) => at < least ? least - at : at > most ? at - most : 0;
}

/// <summary>Days and minutes as small numbers.</summary>
internal static class Days
{
    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>Days since 1970, held within 0 and 65,535, which is the year 2149.</summary>
    public static ushort Of(DateOnly day) => (ushort)Math.Clamp(day.DayNumber - Epoch, 0, ushort.MaxValue);

    /// <summary>Minutes since 1970, rounded up: a start is not before <paramref name="instant"/> when its minute is not before this.</summary>
    public static uint MinuteAt(DateTimeOffset instant) => (uint)Math.Clamp((instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute, 0, uint.MaxValue);

    public static DateTimeOffset InstantOf(uint minute) => DateTimeOffset.UnixEpoch.AddMinutes(minute);
}
