using TestKit;

namespace EndToEnd.Tests;

/// <summary>The folder that mail goes to when no server is set.</summary>
public static class Mailbox
{
    /// <summary>Waits for the client's mail with its calendar entry; there is one.</summary>
    public static Task Has(Product product, Booked booking, TimeSpan within) => Eventually.True(
        async () => (await To(product, booking.Email)).Count(m => m.Contains("text/calendar", StringComparison.OrdinalIgnoreCase)) == 1,
        within, $"one confirmation for {booking.Email}");

    /// <summary>Waits until every mail about a booking that is meant for its client has left; each lies there once.</summary>
    public static async Task HasEachOnce(Product product, Booked booking, TimeSpan within)
    {
        await Eventually.True(
            async () => await product.Sql<long>("NOTIFICATIONS", "SELECT count(*) FROM audit_messages WHERE booking_id = $1 AND state = 'waiting'", booking.Id) == 0,
            within, $"all mails for {booking.Email} have left");
        var sent = await product.Sql<long>("NOTIFICATIONS", "SELECT count(*) FROM audit_messages WHERE booking_id = $1 AND recipient = 'client' AND state = 'sent'", booking.Id);
        var mails = await To(product, booking.Email);
        if (sent == 0 || mails.Count != sent)
            throw new InvalidOperationException($"{mails.Count} mails lie there for {booking.Email}, {sent} were sent.");
    }

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
