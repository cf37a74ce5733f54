using System.Net.Http.Headers;
using System.Net.Http.Json;
using Platform;

namespace Availability.Tests;

/// <summary>What a practitioner does at the desk.</summary>
internal static class Desk
{
    public static Task<HttpResponseMessage> PutSchedule(this HttpClient desk, object schedule, string? ifMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/me/schedule") { Content = JsonContent.Create(schedule, options: Json.Strict) };
        if (ifMatch is not null)
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(ifMatch));
        return desk.SendAsync(request);
    }

    public static Task<HttpResponseMessage> PostTimeOff(this HttpClient desk, string from, string to, Guid? locationId = null, string? note = null) =>
        desk.PostAsJsonAsync("/api/v1/me/time-off", new DatedHoursRequest(from, to, locationId, note), Json.Strict);

    public static Task<HttpResponseMessage> PostTimeOff(this HttpClient desk, object request) => desk.PostAsJsonAsync("/api/v1/me/time-off", request, Json.Strict);

    public static Task<HttpResponseMessage> PostExtraHours(this HttpClient desk, string from, string to, Guid? locationId = null) =>
        desk.PostAsJsonAsync("/api/v1/me/extra-hours", new DatedHoursRequest(from, to, locationId), Json.Strict);

    public static Task<HttpResponseMessage> At(this HttpClient desk, string path) => desk.GetAsync(new Uri($"/api/v1/me/{path}", UriKind.Relative));

    public static Task<HttpResponseMessage> Drop(this HttpClient desk, string path) => desk.DeleteAsync(new Uri($"/api/v1/me/{path}", UriKind.Relative));
}
