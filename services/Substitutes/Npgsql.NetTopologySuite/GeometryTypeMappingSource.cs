using Microsoft.EntityFrameworkCore.Storage;
using NetTopologySuite.Geometries;

namespace Npgsql.NetTopologySuite;

/// <summary>Finds the mapping of a geometry property, or of a column type such as <c>geography (point)</c>.</summary>
internal sealed class GeometryTypeMappingSource(bool geographyAsDefault) : IRelationalTypeMappingSourcePlugin
{
    public RelationalTypeMapping? FindMapping(in RelationalTypeMappingInfo mappingInfo)
    {
        var clrType = mappingInfo.ClrType;
        if (clrType is not null && !clrType.IsAssignableTo(typeof(Geometry)))
            return null;

        var storeType = mappingInfo.StoreTypeName;
        if (storeType is null && clrType is null)
            return null;

        storeType ??= geographyAsDefault ? "geography" : "geometry";
        var isGeography = storeType.StartsWith("geography", StringComparison.OrdinalIgnoreCase);
        if (!isGeography && !storeType.StartsWith("geometry", StringComparison.OrdinalIgnoreCase))
            return null;

        return (RelationalTypeMapping)Activator.CreateInstance(
            typeof(GeometryTypeMapping<>).MakeGenericType(clrType ?? typeof(Geometry)), storeType, isGeography)!;
    }
}
