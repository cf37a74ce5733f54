using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Payments;

/// <summary>A practitioner takes all movements of their money to a spreadsheet, oldest first.</summary>
public static class DownloadStatement
{
    // ISO 4217 currencies whose smallest unit is not a hundredth.
    private static readonly HashSet<string> Whole =
        ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];

    private static readonly HashSet<string> Thousandths = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    public static void Map(IEndpointRouteBuilder mine) => mine
        .MapGet("/statement.csv", Handle)
        .WithName(nameof(DownloadStatement))
        .Produces<string>(StatusCodes.Status200OK, "text/csv");

    public static async Task Handle(CurrentUser user, PaymentsDb db, HttpContext http, CancellationToken ct)
    {
        if (user.PractitionerId is not { } practitionerId)
        {
            await Problem.NotFound.ExecuteAsync(http);
            return;
        }

        var movements = await Movement.Of(db, practitionerId, before: null, limit: null).ToListAsync(ct);
        http.Response.ContentType = "text/csv; charset=utf-8; header=present";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"statement.csv\"";
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsync("at,kind,booking,gross,fee,net,currency\r\n", ct);

        // Ids, instants and numbers only: nothing in it needs quoting or could be taken for a formula.
        foreach (var m in Enumerable.Reverse(movements))
        {
            await http.Response.WriteAsync(
                $"{m.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'},{m.Kind},{m.BookingId},{Major(m.Gross, m)},{Major(m.Fee, m)},{Major(m.Net, m)},{m.Currency}\r\n", ct);
        }
    }

    private static string Major(long minor, Movement movement)
    {
        var (unit, format) = Whole.Contains(movement.Currency) ? (1m, "F0") : Thousandths.Contains(movement.Currency) ? (1000m, "F3") : (100m, "F2");
        return (minor / unit).ToString(format, CultureInfo.InvariantCulture);
    }
}
