using NetTopologySuite.Geometries;
using Npgsql.Internal;
using Npgsql.Internal.Postgres;

namespace Npgsql.NetTopologySuite;

/// <summary>Tells Npgsql which .NET types stand for <c>geography</c> and <c>geometry</c>; the first of the two is taken when nothing names a type.</summary>
internal sealed class GeometryResolverFactory(bool geographyAsDefault) : PgTypeInfoResolverFactory
{
    public override IPgTypeInfoResolver CreateResolver() => new Resolver(geographyAsDefault);

    public override IPgTypeInfoResolver? CreateArrayResolver() => null;

    private sealed class Resolver(bool geographyAsDefault) : IPgTypeInfoResolver
    {
        private readonly TypeInfoMappingCollection mappings = Map(geographyAsDefault ? ["geography", "geometry"] : ["geometry", "geography"]);

        public PgTypeInfo? GetTypeInfo(Type? type, DataTypeName? dataTypeName, PgSerializerOptions options) =>
            mappings.Find(type, dataTypeName, options);

        private static TypeInfoMappingCollection Map(string[] names)
        {
            var mappings = new TypeInfoMappingCollection();
            foreach (var name in names)
            {
                mappings.AddType<Geometry>(
                    name, (options, mapping, _) => mapping.CreateInfo(options, new GeometryConverter<Geometry>()), isDefault: true);
                Add<Point>(mappings, name);
                Add<LineString>(mappings, name);
                Add<Polygon>(mappings, name);
                Add<MultiPoint>(mappings, name);
                Add<MultiPolygon>(mappings, name);
            }

            return mappings;
        }

        private static void Add<T>(TypeInfoMappingCollection mappings, string name)
            where T : Geometry =>
            mappings.AddType<T>(name, (options, mapping, _) => mapping.CreateInfo(options, new GeometryConverter<T>()));
    }
}
