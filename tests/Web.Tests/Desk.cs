using Microsoft.AspNetCore.Http;

namespace Web.Tests;

/// <summary>What a practitioner has written down: one visit at one studio, and hours on Mondays.</summary>
internal static class Desk
{
    public const string Listing = """
        {"id":"01980000-0000-7000-8000-0000000000aa","status":"draft","isPublished":false,"hasChanges":false,"issues":[],"credentials":[],
         "name":"Ana Reyes","headline":"Quiet work.","languages":["en"],"acceptsNew":true,"slidingScale":false,
         "trainings":[{"id":"01980000-0000-7000-8000-0000000000c1","issuer":"upledger","credential":"upledger:cst-t","level":"upledger:cst-t","from":"2016-03-01"}],
         "locations":[{"id":"01980000-0000-7000-8000-000000000001","name":"Studio","addressLines":["1210 Clarkson Street"],"locality":"Denver","country":"US","lat":39.7,"lon":-104.9,"approximate":false,"timeZone":"America/Denver","formats":["inPerson"],"access":[]}],
         "services":[{"id":"01980000-0000-7000-8000-00000000000a","name":"Visit","minutes":60,"price":{"amount":12050,"currency":"USD"},"firstVisit":false,"bookingMode":"instant","formats":["inPerson"]}],
         "policy":{"text":"As usual.","tiers":[{"hoursBefore":24,"refundPercent":100}]}}
        """;

    public const string Hours = """
        {"locations":[{"locationId":"01980000-0000-7000-8000-000000000001","timeZone":"America/Denver","weekly":[{"day":"monday","from":"09:00","to":"12:00"}]}],
         "minimumNoticeMinutes":720,"horizonDays":60,"startIntervalMinutes":30,"bufferBeforeMinutes":0,"bufferAfterMinutes":15}
        """;

    /// <summary>The town keeps listing and hours for their owner.</summary>
    public static void KeepDesk(this Town town)
    {
        foreach (var (path, document) in ((string, string)[])[("listing", Listing), ("schedule", Hours)])
        {
            town.On($"GET /api/v1/me/{path}", _ => Tagged(document));
            town.On($"PUT /api/v1/me/{path}", _ => Tagged(document));
        }
    }

    /// <summary>A document with the version to save it under.</summary>
    public static IResult Tagged(string json) => new TaggedAnswer(json);

    private sealed class TaggedAnswer(string json) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ETag = "W/\"7\"";
            return Results.Text(json, "application/json").ExecuteAsync(httpContext);
        }
    }
}
