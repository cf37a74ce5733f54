using System.Text;

namespace Web.Door;

/// <summary>What programs ask the site itself.</summary>
internal static class DoorRoutes
{
    public static void MapDoor(this WebApplication app)
    {
        app.MapGet("/health/ready", async (PeersAtTheDoor peers, CancellationToken ct) =>
        {
            var services = await peers.Readiness(ct);
            var ready = services.Values.All(state => state == "ready");
            return Results.Json(new { status = ready ? "ready" : "unready", services }, statusCode: ready ? 200 : 503);
        });
        app.MapGet("/openapi/v1.json", async (PeersAtTheDoor peers, HttpContext http, CancellationToken ct) =>
        {
            var whole = await peers.OpenApi(ct);
            http.Response.Headers.CacheControl = "public, max-age=60";
            return Results.Text(whole, "application/json", Encoding.UTF8);
        });
        // A demonstration may be read, since only a page that is read can ask not to be listed; every answer of it does.
        app.MapGet("/robots.txt", (WebOptions options) => Results.Text(
            "User-agent: *\nDisallow: /api/\nDisallow: /book/\nDisallow: /bookings/\nDisallow: /manage/\nDisallow: /desk/\nDisallow: /find/points\n"
            + (options.IsDemonstration ? "" : $"\nSitemap: {new Uri(options.PublicUrl, "/sitemap.xml")}\n")));
        app.MapSitemap();
    }
}
