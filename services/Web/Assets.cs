using System.Text.Json;
using Microsoft.Extensions.FileProviders;

namespace Web;

/// <summary>The names that the build gave to the style sheet, the script, the type, the icons and the picture.</summary>
public sealed class Assets
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    private readonly Listing names = JsonSerializer.Deserialize<Listing>(File.ReadAllBytes(Path.Combine(Folder, "lib", "assets.json")), JsonSerializerOptions.Web)!;

    public string Style => $"/lib/{names.Style}";

    public string Script => $"/lib/{names.Script}";

    public string Type => $"/lib/{names.Type}";

    /// <summary>The picture that messengers show beside a link.</summary>
    public string Card => $"/lib/{names.Card}";

    /// <summary>The map and what it draws; none of it is loaded before somebody asks for it.</summary>
    public string Map => $"/lib/{names.Map}";

    public string MapStyle => $"/lib/{names.MapStyle}";

    public string World => $"/lib/{names.World}";

    public string States => $"/lib/{names.States}";

    public string Icon(string name) => $"/lib/{names.Icons}#{name}";

    private sealed record Listing(string Style, string Script, string Icons, string Type, string Card, string Map, string MapStyle, string World, string States);
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
