using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace Platform;

/// <summary>A service's own PostgreSQL database.</summary>
public static class Database
{
    /// <summary>
    /// The context at <c>DATABASE_URL_{NAME}</c> with at most ten pooled connections, its outbox and its housekeeping. The same context
    /// answers for <see cref="DbContext"/>, which is how the outbox, the inbox and the idempotency keys reach it.
    /// </summary>
    public static void AddDatabase<TDb>(this WebApplicationBuilder builder, Action<NpgsqlDbContextOptionsBuilder>? configure = null)
        where TDb : DbContext
    {
        var name = builder.Configuration[Service.NameKey]!;
        var key = $"DATABASE_URL_{name.ToUpperInvariant()}";
        var url = builder.Configuration[key] ?? throw new InvalidOperationException($"The setting {key} is missing.");

        builder.Options<OutboxOptions>();
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.AddSingleton<OutboxSignalOnCommit>();
        // Handed on from one request to the next: making one takes a fifth of the time of a short answer.
        builder.Services.AddDbContextPool<TDb>((services, options) => options
            .UseNpgsql(ConnectionString(url, name), configure)
            .AddInterceptors(services.GetRequiredService<OutboxSignalOnCommit>()), poolSize: 32);
        builder.Services.AddScoped<DbContext>(services => services.GetRequiredService<TDb>());
        builder.AddWorker<Housekeeping>();
    }

    /// <summary>Npgsql's form of <c>postgresql://user:password@host:port/database</c>.</summary>
    public static string ConnectionString(string url, string applicationName)
    {
        var uri = new Uri(url);
        var user = uri.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            ApplicationName = applicationName,
            MaxPoolSize = 10,
            // The same few statements all day: PostgreSQL plans each once a connection.
            MaxAutoPrepare = 50,
            // Nobody leaves settings or locks behind on a connection, and tidying up after each use would cost more than most statements.
            NoResetOnClose = true,
            Timeout = 4,
            CommandTimeout = 30,
            KeepAlive = 30,
        }.ConnectionString;
    }

    /// <summary>Maps the tables that <see cref="Platform"/> keeps in every service's database, and gives all tables and columns snake_case names. Call it last in <c>OnModelCreating</c>.</summary>
    public static void UsePlatform(this ModelBuilder model)
    {
        model.Entity<OutboxMessage>().ToTable("outbox");
        foreach (var entity in model.Model.GetEntityTypes())
        {
            if (entity.GetViewName() is null && entity.BaseType is null && !entity.IsMappedToJson())
                entity.SetTableName(Names.Snake(entity.GetTableName() ?? entity.ShortName()));
            foreach (var property in entity.GetProperties())
            {
                if (property.FindAnnotation(RelationalAnnotationNames.ColumnName) is null)
                    property.SetColumnName(Names.Snake(property.Name));
                var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
                if (type.IsEnum && property.GetValueConverter() is null)
                    property.SetValueConverter((ValueConverter)Activator.CreateInstance(typeof(EnumText<>).MakeGenericType(type))!);
            }
        }
    }

    internal static async Task Migrate(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<DbContext>();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        await db.Database.MigrateAsync(ct);
    }

    /// <summary>Enumerations are stored as their camelCase names.</summary>
    private sealed class EnumText<T>() : ValueConverter<T, string>(
        value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), text => Enum.Parse<T>(text, true))
        where T : struct, Enum;
}

/// <summary>SQL of the tables behind outbox, inbox and idempotency; every service's first migration runs it.</summary>
public static class PlatformTables
{
    public const string Sql = """
        CREATE TABLE outbox (
            id uuid PRIMARY KEY,
            type text NOT NULL,
            body jsonb NOT NULL,
            correlation_id text,
            trace_parent text,
            attempts int NOT NULL DEFAULT 0,
            created_at timestamptz NOT NULL,
            due_at timestamptz NOT NULL,
            state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'dead'))
        );
        CREATE INDEX outbox_waiting ON outbox (due_at) WHERE state = 'waiting';

        CREATE TABLE inbox (
            message_id uuid NOT NULL,
            consumer text NOT NULL,
            at timestamptz NOT NULL,
            PRIMARY KEY (message_id, consumer)
        );
        CREATE INDEX inbox_at ON inbox (at);

        CREATE TABLE idempotency_keys (
            scope text NOT NULL,
            key text NOT NULL,
            request_hash bytea NOT NULL,
            resource_id uuid NOT NULL,
            created_at timestamptz NOT NULL,
            lease_until timestamptz NOT NULL,
            status int,
            headers jsonb,
            body bytea,
            PRIMARY KEY (scope, key)
        );
        CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);

        CREATE VIEW audit_outbox AS SELECT id, type, attempts, created_at, due_at, state FROM outbox;
        """;
}

/// <summary>Forgets what no repeat can ask for any more: answers kept for idempotency after a day, message ids after a month.</summary>
internal sealed class Housekeeping : Worker
{
    protected override TimeSpan Period => TimeSpan.FromMinutes(30);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<DbContext>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await db.Database.ExecuteSqlAsync($"DELETE FROM idempotency_keys WHERE created_at < {now - IdempotencyKeys.Kept}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM inbox WHERE at < {now.AddDays(-31)}", ct);
        return false;
    }
}

/// <summary>Names in the database and the environment: <c>HoldMinutes</c> is <c>hold_minutes</c>.</summary>
public static class Names
{
    public static string Snake(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }
}
