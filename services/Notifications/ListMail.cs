using Microsoft.AspNetCore.Http.HttpResults;
using Notifications.Mime;

namespace Notifications;

/// <summary>The mails in the development folder, newest first.</summary>
public static class ListMail
{
    private const int Most = 200;

    public sealed record Response(IReadOnlyList<Item> Items);

    public sealed record Item(string Name, string To, string Subject, DateTimeOffset SentAt);

    public static void Map(IEndpointRouteBuilder mail) => mail.MapGet("/", Handle).WithName(nameof(ListMail));

    public static async Task<Ok<Response>> Handle(MailOptions options, CancellationToken ct)
    {
        if (!Directory.Exists(options.MailDir))
            return TypedResults.Ok(new Response([]));
        var newest = new DirectoryInfo(options.MailDir).EnumerateFiles("*.eml").OrderByDescending(f => f.LastWriteTimeUtc).Take(Most);
        var items = new List<Item>();
        foreach (var file in newest)
        {
            var read = MailReader.Read(await File.ReadAllBytesAsync(file.FullName, ct));
            items.Add(new Item(Path.GetFileNameWithoutExtension(file.Name), read.To, read.Subject, read.SentAt));
        }

        return TypedResults.Ok(new Response(items));
    }
}
