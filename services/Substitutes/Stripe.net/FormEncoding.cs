using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stripe;

/// <summary>
/// Parameters as Stripe reads them: <c>transfer_data[destination]=acct_1</c>, <c>line_items[0][quantity]=1</c>.
/// </summary>
internal static class FormEncoding
{
    public static List<KeyValuePair<string, string>> Pairs(object? parameters)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        if (parameters is not null && JsonSerializer.SerializeToNode(parameters, parameters.GetType(), StripeJson.Options) is JsonObject root)
        {
            foreach (var (name, value) in root)
                Add(pairs, name, value);
        }

        return pairs;
    }

    public static string Query(IEnumerable<KeyValuePair<string, string>> pairs) =>
        string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));

    private static void Add(List<KeyValuePair<string, string>> pairs, string name, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject fields:
                foreach (var (field, inner) in fields)
                    Add(pairs, $"{name}[{field}]", inner);
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                    Add(pairs, $"{name}[{i}]", items[i]);
                break;
            case not null:
                pairs.Add(new(name, value.ToString()));
                break;
        }
    }
}
