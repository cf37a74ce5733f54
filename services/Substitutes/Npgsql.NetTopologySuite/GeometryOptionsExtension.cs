using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace Npgsql.NetTopologySuite;

/// <summary>Puts the plug-in's parts into EF Core's own container.</summary>
internal sealed class GeometryOptionsExtension(bool geographyAsDefault) : IDbContextOptionsExtension
{
    private ExtensionInfo? info;

    public bool GeographyAsDefault => geographyAsDefault;

    public DbContextOptionsExtensionInfo Info => info ??= new ExtensionInfo(this);

    public void ApplyServices(IServiceCollection services) =>
        new EntityFrameworkNpgsqlServicesBuilder(services)
            .TryAdd<INpgsqlDataSourceConfigurationPlugin>(new DataSourcePlugin(geographyAsDefault))
            .TryAdd<IRelationalTypeMappingSourcePlugin>(new GeometryTypeMappingSource(geographyAsDefault))
            .TryAdd<IMethodCallTranslatorPlugin, GeometryMethodTranslatorPlugin>();

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class DataSourcePlugin(bool geographyAsDefault) : INpgsqlDataSourceConfigurationPlugin
    {
        public void Configure(NpgsqlDataSourceBuilder npgsqlDataSourceBuilder) =>
            npgsqlDataSourceBuilder.UseNetTopologySuite(geographyAsDefault);
    }

    private sealed class ExtensionInfo(GeometryOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        private bool GeographyAsDefault => ((GeometryOptionsExtension)Extension).GeographyAsDefault;

        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "using NetTopologySuite ";

        public override int GetServiceProviderHashCode() => GeographyAsDefault.GetHashCode();

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
            other is ExtensionInfo same && same.GeographyAsDefault == GeographyAsDefault;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) =>
            debugInfo["Npgsql:NetTopologySuite"] = GeographyAsDefault ? "geography" : "geometry";
    }
}
