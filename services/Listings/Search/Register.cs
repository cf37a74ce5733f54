namespace Listings.Search;

/// <summary>What many rows share, and the small numbers that stand for it in this process: what was met first, and so mostly often, has the smallest.</summary>
/// <param name="most">No more are kept.</param>
internal sealed class Register<T>(int most = int.MaxValue)
    where T : notnull
{
    private readonly Dictionary<T, int> numbers = [];
    private T[] values = new T[16];

    public T this[int number] => Volatile.Read(ref values)[number];

    /// <summary>−1 for what no row has. What visitors ask for is looked up, never added.</summary>
    public int Find(T value)
    {
        lock (numbers)
            return numbers.GetValueOrDefault(value, -1);
    }

    /// <summary>−1 when there is no room for another.</summary>
    public int NumberOf(T value)
    {
        lock (numbers)
        {
            if (numbers.TryGetValue(value, out var number))
                return number;
            number = numbers.Count;
            if (number == most)
                return -1;
            var room = values;
            if (number == room.Length)
                Array.Resize(ref room, number * 2);
            room[number] = value;
            Volatile.Write(ref values, room);
            numbers.Add(value, number);
            return number;
        }
    }
}

/// <summary>The registers of this process.</summary>
internal static class Register
{
    /// <summary>IANA names.</summary>
    public static readonly Register<string> Zones = new();

    /// <summary>ISO 4217.</summary>
    public static readonly Register<string> Currencies = new();
    public static readonly Register<Terms> Terms = new();
    public static readonly Register<Offer> Offers = new();

    /// <summary>Bookings make ever new ones.</summary>
    public static readonly Register<Week> Weeks = new(most: 50_000);
}

/// <summary>What all visits of a location have in common.</summary>
/// <param name="Zone">Number in <see cref="Register.Zones"/>.</param>
/// <param name="Currency">Number in <see cref="Register.Currencies"/>.</param>
/// <param name="NoticeMinutes">A start can be booked until this long before it.</param>
internal readonly record struct Terms(int Zone, int Currency, uint NoticeMinutes);

/// <summary>What a visit is, whenever it begins.</summary>
/// <param name="Formats">Bits of <see cref="VisitFormat"/>, and perhaps <see cref="Packed.IntroductoryMark"/>.</param>
/// <param name="Price">In minor units.</param>
internal readonly record struct Offer(int Minutes, int Formats, uint Price);
