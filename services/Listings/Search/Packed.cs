using System.Buffers.Binary;

namespace Listings.Search;

/// <summary>
/// The part of a spot that differs in length, as bytes: credentials with their days, then visits with prices and free times. A visit's free days
/// are most often those of the visit before it, and its starts those of the first, or close behind each other, so neither takes much.
/// </summary>
internal static class Packed
{
    /// <summary>Beside the bits of <see cref="VisitFormat"/>.</summary>
    public const byte IntroductoryMark = 8;

    /// <summary>So many starts of one service at one location are kept to the minute; of later ones the part of the day only.</summary>
    public const int MostStarts = 12;
}

/// <summary>Writes bytes one after the other into a buffer that grows and is used again.</summary>
internal sealed class PackedWriter
{
    private byte[] bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <exception cref="OverflowException">It is not 0 to 255.</exception>
    public void Byte(int value) => Room(1)[0] = checked((byte)value);

    /// <exception cref="OverflowException">It is not 0 to 65,535.</exception>
    public void UShort(int value) => BinaryPrimitives.WriteUInt16LittleEndian(Room(2), checked((ushort)value));

    public void Short(int value) => BinaryPrimitives.WriteInt16LittleEndian(Room(2), checked((short)value));

    public void UInt(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Room(4), value);

    public void ULong(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value);

    /// <summary>Seven bits a byte, the lowest first; small numbers are short.</summary>
    public void Varying(uint value)
    {
        while (value > 127)
        {
            Byte((int)(value & 127) | 128);
            value >>= 7;
        }

        Byte((int)value);
    }

    /// <summary>Their number, and then themselves.</summary>
    public void Counted(ReadOnlySpan<byte> many)
    {
        Varying((uint)many.Length);
        many.CopyTo(Room(many.Length));
    }

    private Span<byte> Room(int size)
    {
        if (Length + size > bytes.Length)
            Array.Resize(ref bytes, Math.Max(Length + size, bytes.Length * 2));
        Length += size;
        return bytes.AsSpan(Length - size, size);
    }
}

/// <summary>Reads what <see cref="PackedWriter"/> has written.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => rest;

    public byte Byte() => Take(1)[0];

    public ushort UShort() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public short Short() => (short)UShort();

    public uint UInt() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong ULong() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public uint Varying()
    {
        var value = 0U;
        for (var shift = 0; ; shift += 7)
        {
            var part = Byte();
            value |= (uint)(part & 127) << shift;
            if (part < 128)
                return value;
        }
    }

    public ReadOnlySpan<byte> Counted() => Take((int)Varying());

    public ReadOnlySpan<byte> Take(int length)
    {
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
