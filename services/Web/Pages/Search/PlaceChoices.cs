using System.Text.Encodings.Web;
using Web.Peers;

namespace Web.Pages.Search;

/// <summary>Places that fit what is being typed, as list items for the place field.</summary>
internal static class PlaceChoices
{
    public static void MapPlaceChoices(this WebApplication app) =>
        app.MapGet("/places", async (string? q, ListingsClient listings, CancellationToken ct) =>
        {
            var places = q is { Length: > 1 and <= 80 } ? await listings.Places(q, ct) : [];
            var items = places.Select(p => HtmlEncoder.Default.Encode(p.Written))
                .Select((p, i) => $"<li role=\"option\" id=\"place-{i}\" data-autocomplete-value=\"{p}\">{p}</li>");
            return Results.Text(string.Concat(items), "text/html");
        });
}
