using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using NpgsqlTypes;

namespace Npgsql.NetTopologySuite;

/// <summary>How EF Core sends, compares and prints a geometry of one .NET type.</summary>
internal sealed class GeometryTypeMapping<T> : RelationalGeometryTypeMapping<T, T>
    where T : Geometry
{
    private readonly bool isGeography;

    public GeometryTypeMapping(string storeType, bool isGeography)
        : base(converter: null, storeType, jsonValueReaderWriter: null) => this.isGeography = isGeography;

    private GeometryTypeMapping(RelationalTypeMappingParameters parameters, bool isGeography)
        : base(parameters, converter: null) => this.isGeography = isGeography;

    protected override Type WktReaderType => typeof(WKTReader);

    protected override RelationalTypeMapping Clone(RelationalTypeMappingParameters parameters) =>
        new GeometryTypeMapping<T>(parameters, isGeography);

    protected override void ConfigureParameter(DbParameter parameter)
    {
        base.ConfigureParameter(parameter);
        ((NpgsqlParameter)parameter).NpgsqlDbType = isGeography ? NpgsqlDbType.Geography : NpgsqlDbType.Geometry;
    }

    protected override string GenerateNonNullSqlLiteral(object value)
    {
        var reference = GetSrid(value) > 0 ? $"SRID={GetSrid(value)};" : "";
        return $"{(isGeography ? "GEOGRAPHY" : "GEOMETRY")} '{reference}{AsText(value)}'";
    }

    protected override string AsText(object value) => ((Geometry)value).AsText();

    protected override int GetSrid(object value) => ((Geometry)value).SRID;
}
