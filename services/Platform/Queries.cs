using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Platform;

/// <summary>Refuses a query parameter that is given twice where the route reads one value: guessing which was meant helps nobody.</summary>
internal sealed class Queries(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Query.Count > 0 && http.GetEndpoint() is { } endpoint)
        {
            var single = endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>().Where(p => !p.ParameterInfo.ParameterType.IsArray);
            foreach (var (name, values) in http.Request.Query)
            {
                if (values.Count > 1 && single.Any(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                    return Problem.Validation(name, "This may be given once only.").ExecuteAsync(http);
            }
        }
        return next(http);
    }
}
