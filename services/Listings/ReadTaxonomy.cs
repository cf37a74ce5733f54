using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Platform;

namespace Listings;

/// <summary>Anyone reads the field's words: lineages with their credentials, specialties with their evidence, and the short lists.</summary>
public static class ReadTaxonomy
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/taxonomy", Handle).WithName(nameof(ReadTaxonomy));

    public static Results<Ok<Taxonomy>, StatusCodeHttpResult> Handle(HttpContext http)
    {
        var taxonomy = Taxonomy.Current;
        http.Response.Headers.ETag = taxonomy.Tag;
        http.Response.Headers.CacheControl = "public, max-age=300";
        return ETags.IsKnown(http, new EntityTagHeaderValue(taxonomy.Tag))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(taxonomy);
    }
}
