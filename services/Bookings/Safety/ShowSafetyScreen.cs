using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Platform;

namespace Bookings.Safety;

/// <summary>Somebody reads the short list before booking; no answer is taken here.</summary>
public static class ShowSafetyScreen
{
    public static void Map(IEndpointRouteBuilder api) => api
        .MapGet("/safety-screen", Handle)
        .WithName(nameof(ShowSafetyScreen))
        .ProducesProblem(StatusCodes.Status400BadRequest);

    public static Results<Ok<SafetyScreen>, ProblemHttpResult> Handle(
        HttpContext http, SafetyScreens screens, [FromQuery(Name = "for")] string? whom = null, string? country = null)
    {
        var check = new Check();
        check.That("for", whom is not null && screens.Has(whom), "Say self, adult, infant, child or after-birth.");
        check.That("country", country is null || (country.Length == 2 && country.All(char.IsAsciiLetter)), "Two letters, as in US.");
        if (check.Failed(out var problem))
            return problem;

        http.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Ok(screens.For(whom!, country));
    }
}
