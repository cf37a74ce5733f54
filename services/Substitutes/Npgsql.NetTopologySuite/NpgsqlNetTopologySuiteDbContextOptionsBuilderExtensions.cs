using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;
using Npgsql.NetTopologySuite;

namespace Microsoft.EntityFrameworkCore;

/// <summary>The one call that makes geometries usable in a context.</summary>
public static class NpgsqlNetTopologySuiteDbContextOptionsBuilderExtensions
{
    /// <summary>Maps NetTopologySuite geometries to PostGIS columns and translates <c>Distance</c>, <c>IsWithinDistance</c> and <c>Covers</c>.</summary>
    /// <param name="geographyAsDefault">Take <c>geography</c> (metres on the globe) where a column does not name its type; otherwise <c>geometry</c>.</param>
    public static NpgsqlDbContextOptionsBuilder UseNetTopologySuite(
        this NpgsqlDbContextOptionsBuilder optionsBuilder, bool geographyAsDefault = false)
    {
        var options = ((IRelationalDbContextOptionsBuilderInfrastructure)optionsBuilder).OptionsBuilder;
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new GeometryOptionsExtension(geographyAsDefault));
        return optionsBuilder;
    }
}
