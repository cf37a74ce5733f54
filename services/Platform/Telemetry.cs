using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Platform;

/// <summary>Traces, metrics and logs by OTLP, when <c>OTLP_ENDPOINT</c> says where to.</summary>
internal static class Telemetry
{
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "MassTransit"];
    private static readonly string[] Meters = ["Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime", "Npgsql", "MassTransit"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["OTLP_ENDPOINT"] is not { Length: > 0 } endpoint)
            return;

        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        var resource = ResourceBuilder.CreateDefault().AddService(builder.Configuration[Service.NameKey]!.ToLowerInvariant());
        void To(OtlpExporterOptions otlp) => otlp.Endpoint = new Uri(endpoint);

        builder.Logging.AddOpenTelemetry(o => o.SetResourceBuilder(resource).AddOtlpExporter(To));
        builder.Services.AddHostedService(_ => new Exports(
            Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter(To).Build(),
            Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter(To).Build()));
    }

    /// <summary>Keeps the exporters alive as long as the service, and flushes them when it ends.</summary>
    private sealed class Exports(TracerProvider traces, MeterProvider metrics) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces.Dispose();
            metrics.Dispose();
            return Task.CompletedTask;
        }
    }
}

/// <summary>One id from the first request through every call and message it leads to; in each answer and each log line.</summary>
internal sealed class Correlation(RequestDelegate next, ILogger<Correlation> log)
{
    public const string Header = "X-Correlation-Id";

    private static readonly AsyncLocal<string?> Id = new();

    public static string? Current
    {
        get => Id.Value;
        set => Id.Value = value;
    }

    public async Task InvokeAsync(HttpContext http)
    {
        var sent = http.Request.Headers[Header].ToString();
        Current = sent.Length is > 0 and <= 64 && sent.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') ? sent : Guid.CreateVersion7().ToString("N");
        http.Response.OnStarting(() =>
        {
            http.Response.Headers[Header] = Current;
            return Task.CompletedTask;
        });
        using (log.BeginScope(new Dictionary<string, object?> { ["correlationId"] = Current }))
            await next(http);
    }
}
