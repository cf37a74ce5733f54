using System.Buffers;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql.Internal;

namespace Npgsql.NetTopologySuite;

/// <summary>Writes and reads a geometry as PostGIS does on the wire: WKB with the spatial reference inside (EWKB).</summary>
internal sealed class GeometryConverter<T> : PgStreamingConverter<T>
    where T : Geometry
{
    public override T Read(PgReader reader) => Parse(reader.ReadBytes(reader.CurrentRemaining).ToArray());

    public override async ValueTask<T> ReadAsync(PgReader reader, CancellationToken cancellationToken = default) =>
        Parse((await reader.ReadBytesAsync(reader.CurrentRemaining, cancellationToken)).ToArray());

    public override Size GetSize(SizeContext context, T value, ref object? writeState)
    {
        // The bytes are kept for Write: a geometry is small and its length is only known once it is written.
        var bytes = new WKBWriter(ByteOrder.LittleEndian, handleSRID: true).Write(value);
        writeState = bytes;
        return bytes.Length;
    }

    public override void Write(PgWriter writer, T value) => writer.WriteBytes(Bytes(writer));

    public override ValueTask WriteAsync(PgWriter writer, T value, CancellationToken cancellationToken = default) =>
        writer.WriteBytesAsync(Bytes(writer), cancellationToken);

    private static byte[] Bytes(PgWriter writer) => (byte[])writer.Current.WriteState!;

    private static T Parse(byte[] bytes) => (T)new WKBReader().Read(bytes);
}
