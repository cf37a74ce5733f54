using TestKit;

namespace EndToEnd.Tests;

/// <summary>The folder that mail goes to when no server is set.</summary>
public static class Mailbox
{
    /// <summary>Waits for the client's mail with its calendar entry; there is one.</summary>
    public static Task Has(Product product, Booked booking, TimeSpan within) => Eventually.True(
        async () => (await To(product, booking.Email)).Count(m => m.Contains("text/calendar", StringComparison.OrdinalIgnoreCase)) == 1,
        within, $"one confirmation for {booking.Email}");

    /// <summary>All mails to one reader, as they were sent.</summary>
    public static async Task<IReadOnlyList<string>> To(Product product, string email)
    {
        var mails = new List<string>();
        foreach (var file in Directory.Exists(product.MailDirectory) ? Directory.EnumerateFiles(product.MailDirectory, "*.eml", SearchOption.AllDirectories) : [])
        {
            var mail = await File.ReadAllTextAsync(file);
            var to = mail.Split('\n').First(line => line.StartsWith("To:", StringComparison.OrdinalIgnoreCase));
            if (to.Contains(email, StringComparison.OrdinalIgnoreCase))
                mails.Add(mail);
        }
        return mails;
    }
}
