using System.Reflection;
using System.Text.Json;
using Platform;

namespace Bookings.Requesting;

/// <summary>What a client may wish for about touch: data, in <c>touch.json</c>.</summary>
public sealed class TouchPreferences
{
    private readonly Dictionary<string, string> texts;

    private TouchPreferences(Dictionary<string, string> texts) => this.texts = texts;

    public static TouchPreferences Load()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("Bookings.Requesting.touch.json")
            ?? throw new InvalidOperationException("The touch preferences are not part of this build.");
        var document = JsonSerializer.Deserialize<Document>(file, Json.Strict)!;
        return new(document.Preferences.ToDictionary(p => p.Code, p => p.Text));
    }

    public IReadOnlyCollection<string> Codes => texts.Keys;

    public bool Knows(string code) => texts.ContainsKey(code);

    private sealed record Document(string Version, IReadOnlyList<Preference> Preferences);

    private sealed record Preference(string Code, string Text);
}
