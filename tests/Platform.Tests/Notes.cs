using TestKit;

namespace Platform.Tests;

/// <summary>How the tests start and speak to the smallest service.</summary>
internal static class Notes
{
    public static Task<ServiceFactory<Program, NotesDb>> Start(Dictionary<string, string?>? settings = null, bool withBroker = false) =>
        ServiceFactory<Program, NotesDb>.Start(new(settings ?? []) { ["OUTBOX_POLL_SECONDS"] = "0.1" }, withBroker);

    public static object Request(string word, string kind = "plain") => new { word, at = "2026-12-01T09:00:00-07:00", kind };
}
