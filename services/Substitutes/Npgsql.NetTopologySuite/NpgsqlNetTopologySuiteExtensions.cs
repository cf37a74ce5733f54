using Npgsql.NetTopologySuite;
using Npgsql.TypeMapping;

namespace Npgsql;

/// <summary>For Npgsql alone, without EF Core.</summary>
public static class NpgsqlNetTopologySuiteExtensions
{
    /// <summary>Lets parameters and columns be NetTopologySuite geometries; X is the longitude.</summary>
    public static TMapper UseNetTopologySuite<TMapper>(this TMapper mapper, bool geographyAsDefault = false)
        where TMapper : INpgsqlTypeMapper
    {
        mapper.AddTypeInfoResolverFactory(new GeometryResolverFactory(geographyAsDefault));
        return mapper;
    }
}
