using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform;

/// <summary>A job that a service's own program does once and ends: <c>dotnet Listings.dll seed --practitioners 2000</c>.</summary>
/// <param name="Run">Gets a scope's services and the words after the name; answers the exit code.</param>
public sealed record Command(string Name, Func<IServiceProvider, string[], CancellationToken, Task<int>> Run);

/// <summary>What every service's program starts and ends with.</summary>
public static class Service
{
    public const string NameKey = "SERVICE_NAME";

    /// <summary>What all services are built from: <c>1.0.0+commit</c> where the build knew its commit.</summary>
    public static string Version { get; } =
        typeof(Service).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>
    /// A web application that reads its settings from the environment, writes JSON logs without personal data, answers errors as
    /// problems, knows callers by their tokens and listens where <c>{NAME}_URL</c> says.
    /// </summary>
    /// <exception cref="InvalidOperationException">A secret is missing; or it is Production with a development secret, or without https.</exception>
    public static WebApplicationBuilder CreateBuilder(string[] args, string name)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. args.Where(a => a.StartsWith("--", StringComparison.Ordinal) && a.Contains('='))],
            EnvironmentName = Environment.GetEnvironmentVariable("ENVIRONMENT"),
        });
        builder.Configuration[NameKey] = name;
        if (builder.Environment.IsProduction() && !(Uri.TryCreate(builder.Configuration["PUBLIC_URL"], UriKind.Absolute, out var door) && door.Scheme == Uri.UriSchemeHttps))
            throw new InvalidOperationException("The setting PUBLIC_URL is no https address; Production needs one.");
        if (builder.Configuration["URLS"] is null && builder.Configuration[$"{name.ToUpperInvariant()}_URL"] is { } url)
            builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
            // Wider than the door's own limits: what Kestrel refuses itself never gets a problem as its answer.
            kestrel.Limits.MaxRequestLineSize = 20 << 10;
            kestrel.Limits.MaxRequestHeadersTotalSize = 80 << 10;
            kestrel.Limits.MaxRequestHeaderCount = 20_000;
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.UTF8;
        });

        builder.AddLogs();
        builder.AddTelemetry();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Secrets.From(builder.Configuration, builder.Environment.IsProduction()));
        builder.Services.AddSingleton<SecretBox>();
        builder.Services.AddSingleton<LinkTokens>();
        builder.Services.AddSingleton<KeyedHash>();
        builder.Services.AddSingleton<Cursors>();
        builder.Services.AddSingleton<IDataProtectionProvider, StatelessProtection>();
        builder.AddCallers();
        // Every slice has a Request and a Response; in the description they are told apart by their slice.
        builder.Services.AddOpenApi("v1", o => o.CreateSchemaReferenceId = type =>
            OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } id ? type.Type.DeclaringType?.Name + id : null);
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(o => Json.MakeStrict(o.SerializerOptions));
        return builder;
    }

    /// <summary>
    /// Settings as one object: the property <c>HoldMinutes</c> is read from <c>HOLD_MINUTES</c>, and keeps its own value when that is
    /// unset. Numbers are read invariantly, lie between 0 and 2^31, those that may have fractions (times, mostly) below 100,000; flags are
    /// <c>on</c> or <c>off</c>, <c>true</c> or <c>false</c>; commas separate lists.
    /// </summary>
    /// <exception cref="InvalidOperationException">A setting cannot be read; the message names it.</exception>
    public static T Options<T>(this IHostApplicationBuilder builder)
        where T : class, new()
    {
        var options = new T();
        foreach (var property in typeof(T).GetProperties().Where(p => p.CanWrite))
        {
            var key = Names.Snake(property.Name).ToUpperInvariant();
            if (builder.Configuration[key] is not { Length: > 0 } text)
                continue;
            try
            {
                property.SetValue(options, Read(text, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));
            }
            catch (Exception e) when (e is FormatException or OverflowException)
            {
                throw new InvalidOperationException($"The setting {key} cannot be read. {e.Message}", e);
            }
        }
        builder.Services.AddSingleton(options);
        return options;
    }

    /// <summary>Correlation, problems for what goes wrong, callers, idempotency, health and OpenAPI. Call it before mapping routes.</summary>
    public static WebApplication UsePlatform(this WebApplication app)
    {
        app.UseCallersAddress();
        app.UseMiddleware<Correlation>();
        app.UseMiddleware<ProblemWriter>();
        app.Use((http, next) =>
        {
            // Whoever may GET may ask for the headers alone; the server holds the body back.
            if (HttpMethods.IsHead(http.Request.Method))
                http.Request.Method = HttpMethods.Get;
            return next(http);
        });
        app.UseRouting();
        app.UseMiddleware<Queries>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<Idempotency>();
        app.MapOperations();
        app.MapOpenApi("/openapi/{documentName}.json");
        return app;
    }

    /// <summary>Routes that only other services may call; the door never leads here.</summary>
    public static RouteGroupBuilder MapInternal(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/internal");
        group.RequireAuthorization(Callers.ServicePolicy).ExcludeFromDescription();
        return group;
    }

    /// <summary>Serves, or does the one job that the first argument names: <c>prepare</c>, or one of <paramref name="commands"/>.</summary>
    public static async Task<int> RunServiceAsync(this WebApplication app, string[] args, params IEnumerable<Command> commands)
    {
        if (args.Length == 0 || args[0].StartsWith('-'))
        {
            await app.RunAsync();
            return 0;
        }

        Command[] known = [new("prepare", Prepare), .. commands];
        if (known.SingleOrDefault(c => c.Name == args[0]) is not { } command)
        {
            await Console.Error.WriteLineAsync($"There is no command '{args[0]}'. There are: {string.Join(", ", known.Select(c => c.Name))}.");
            return 2;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        await using var scope = app.Services.CreateAsyncScope();
        return await command.Run(scope.ServiceProvider, args[1..], stop.Token);
    }

    /// <summary>
    /// What has to be there before the first copy serves: the newest schema, and the queues, since a fact that is published before its reader has
    /// a queue is lost. Done by one process per service, because copies that migrate at the same time break each other.
    /// </summary>
    private static async Task<int> Prepare(IServiceProvider services, string[] args, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await Database.Migrate(services, ct);
                break;
            }
            catch (Exception e) when (tries < 20 && Problem.IsUnavailable(e))
            {
                // The server is just starting, or busy: a job that runs once may wait for it.
                await Task.Delay(TimeSpan.FromSeconds(1), ct);
            }
        }
        await Messaging.DeclareQueues(services, ct);
        return 0;
    }

    private static void AddLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        // A command's standard output is its result (facts, ids), so that a log line never mixes with it.
        builder.Logging.AddJsonConsole(o =>
        {
            o.IncludeScopes = true;
            o.UseUtcTimestamp = true;
            o.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(Enum.TryParse<LogLevel>(builder.Configuration["LOG_LEVEL"], true, out var level) ? level : LogLevel.Information);
        // These write addresses with their queries, and statements; both may hold what a person typed.
        foreach (var talkative in (string[])["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "System.Net.Http", "MassTransit"])
            builder.Logging.AddFilter(talkative, LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
    }

    private static object Read(string text, Type type) =>
        type == typeof(bool) ? text.ToLowerInvariant() switch
        {
            "on" or "true" => true,
            "off" or "false" => false,
            _ => throw new FormatException("It is on or off."),
        }
        : type == typeof(string[]) ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : type == typeof(double) ? double.Parse(text, CultureInfo.InvariantCulture) is >= 0 and < 100_000 and var number ? number : throw new OverflowException("It lies between 0 and 100,000.")
        : type == typeof(int) ? int.Parse(text, CultureInfo.InvariantCulture) is >= 0 and var whole ? whole : throw new OverflowException("It is not below 0.")
        : type == typeof(Uri) ? new Uri(text)
        : text;
}
