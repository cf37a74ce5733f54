using NetTopologySuite.Geometries;

namespace Microsoft.EntityFrameworkCore;

/// <summary>What PostGIS can do in a query and NetTopologySuite has no method for.</summary>
public static class NpgsqlNetTopologySuiteDbFunctionsExtensions
{
    /// <summary>The operator <c>&lt;-&gt;</c>: ordering by it walks a GiST index from the nearest outwards. Metres on geography columns.</summary>
    public static double DistanceKnn(this DbFunctions _, Geometry geometry, Geometry anotherGeometry) =>
        throw new InvalidOperationException($"{nameof(DistanceKnn)} exists in the database only.");
}
