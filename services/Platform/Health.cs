using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Platform;

/// <summary>Whether a service runs, and whether it can do its work. Ready means that its database answers; the broker is told beside, since the outbox bridges its absence.</summary>
internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok(new { status = "live" })).ExcludeFromDescription();
        if (app.Configuration[Service.NameKey] != "Web")
            app.MapGet("/health/ready", Ready).ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(IServiceProvider services, CancellationToken ct)
    {
        var broker = services.GetService<IBusControl>()?.CheckHealth().Status is null or BusHealthStatus.Healthy;
        var database = await DatabaseAnswers(services.GetService<DbContext>(), ct);
        return Results.Json(new { status = database ? "ready" : "unready", database, broker }, Json.Strict, statusCode: database ? 200 : 503);
    }

    private static async Task<bool> DatabaseAnswers(DbContext? db, CancellationToken ct)
    {
        if (db is null)
            return true;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(3));
        try
        {
            await db.Database.ExecuteSqlAsync($"SELECT 1", patience.Token);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or OperationCanceledException or TimeoutException)
        {
            return false;
        }
    }
}
