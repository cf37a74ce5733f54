using System.Text.Json;
using Microsoft.Extensions.FileProviders;

namespace Web;

/// <summary>The names that the build gave to the style sheet, the script, the type and the icons.</summary>
public sealed class Assets
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    private readonly Listing names = JsonSerializer.Deserialize<Listing>(File.ReadAllBytes(Path.Combine(Folder, "lib", "assets.json")), JsonSerializerOptions.Web)!;

    public string Style => $"/lib/{names.Style}";

    public string Script => $"/lib/{names.Script}";

    public string Type => $"/lib/{names.Type}";

    public string Icon(string name) => $"/lib/{names.Icons}#{name}";

    private sealed record Listing(string Style, string Script, string Icons, string Type);
}

/// <summary>Serves the files beside the program.</summary>
internal static class AssetFiles
{
    public static void UseAssets(this WebApplication app) =>
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(Assets.Folder),
            // Names in lib change with their content, so that a browser never needs to ask again.
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
                file.Context.Request.Path.StartsWithSegments("/lib") ? "public, max-age=31536000, immutable" : "public, max-age=3600",
        });
}
