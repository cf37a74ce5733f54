using System.Text.Json.Serialization;

namespace Contracts;

/// <summary>
/// A sum in a currency's smallest unit: <c>new Money(12000, "USD")</c> is 120 dollars, <c>new Money(12000, "JPY")</c> is 12,000 yen.
/// </summary>
/// <param name="Amount">Minor units as ISO 4217 counts them (USD 2 digits, JPY 0, KWD 3).</param>
/// <param name="Currency">Three capital letters, ISO 4217.</param>
[method: JsonConstructor]
public readonly record struct Money(long Amount, string Currency)
{
    /// <summary>Digits after the decimal point when the sum is written in major units, such as dollars.</summary>
    [JsonIgnore]
    public int Digits => Currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    /// <summary>No money, in <paramref name="currency"/>.</summary>
    public static Money Zero(string currency) => new(0, currency);

    /// <exception cref="InvalidOperationException">The two currencies differ.</exception>
    public static Money operator +(Money a, Money b) => new(checked(a.Amount + b.InCurrencyOf(a)), a.Currency);

    /// <exception cref="InvalidOperationException">The two currencies differ.</exception>
    public static Money operator -(Money a, Money b) => new(checked(a.Amount - b.InCurrencyOf(a)), a.Currency);

    /// <summary>
    /// <paramref name="basisPoints"/> ten-thousandths of this sum, a half minor unit rounded up (away from zero):
    /// 50 % of 12345 is 6173.
    /// </summary>
    /// <param name="basisPoints">0 to 10,000; 100 is one per cent.</param>
    public Money Share(int basisPoints)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(basisPoints);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(basisPoints, 10_000);
        return this with { Amount = (long)decimal.Round((decimal)Amount * basisPoints / 10_000, MidpointRounding.AwayFromZero) };
    }

    public override string ToString() => $"{Amount} {Currency}";

    private long InCurrencyOf(Money other) =>
        Currency == other.Currency
            ? Amount
            : throw new InvalidOperationException($"{other.Currency} and {Currency} cannot be counted together.");
}
