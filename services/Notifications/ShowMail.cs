using Microsoft.AspNetCore.Http.HttpResults;
using Notifications.Mime;
using Platform;

namespace Notifications;

/// <summary>One mail of the development folder, readable.</summary>
public static class ShowMail
{
    public sealed record Response(string Name, string To, string Subject, DateTimeOffset SentAt, string Text, string Html, string? Calendar);

    public static void Map(IEndpointRouteBuilder mail) => mail.MapGet("/{name}", Handle).WithName(nameof(ShowMail));

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(string name, MailOptions options, CancellationToken ct)
    {
        // Only names that the folder lists are opened, so that no name leads out of it.
        var file = Directory.Exists(options.MailDir)
            ? new DirectoryInfo(options.MailDir).EnumerateFiles("*.eml").FirstOrDefault(f => Path.GetFileNameWithoutExtension(f.Name) == name)
            : null;
        if (file is null)
            return Problem.NotFound;
        var read = MailReader.Read(await File.ReadAllBytesAsync(file.FullName, ct));
        return TypedResults.Ok(new Response(name, read.To, read.Subject, read.SentAt, read.Text, read.Html, read.Calendar));
    }
}
