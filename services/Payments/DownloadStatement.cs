using System.Globalization;
using Contracts;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Payments;

/// <summary>A practitioner downloads every movement of their money for a spreadsheet, oldest first.</summary>
public static class DownloadStatement
{
    public static void Map(IEndpointRouteBuilder mine) => mine
        .MapGet("/statement.csv", Handle)
        .WithName(nameof(DownloadStatement))
        .Produces<string>(StatusCodes.Status200OK, "text/csv");

    public static async Task Handle(CurrentPractitioner me, PaymentsDb db, HttpContext http, CancellationToken ct)
    {
        var movements = await Movement.Of(db, me.Id).OrderBy(m => m.TransactionId).ToListAsync(ct);
        http.Response.ContentType = "text/csv; charset=utf-8; header=present";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"statement.csv\"";
        await http.Response.WriteAsync("at,kind,booking,gross,fee,net,currency\r\n", ct);

        // Ids, instants and numbers only: nothing in it needs quoting or could be taken for a formula.
        foreach (var m in movements)
        {
            await http.Response.WriteAsync(
                $"{m.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'},{m.Kind},{m.BookingId},{Major(m.Gross, m.Currency)},{Major(m.Fee, m.Currency)},{Major(m.Net, m.Currency)},{m.Currency}\r\n", ct);
        }
    }

    private static string Major(long minor, string currency)
    {
        var digits = new Money(minor, currency).Digits;
        return (minor / (decimal)Math.Pow(10, digits)).ToString("F" + digits, CultureInfo.InvariantCulture);
    }
}
