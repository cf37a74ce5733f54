using Platform;
using Web.Peers;

namespace Web.Door;

/// <summary>Whatever goes wrong, a person gets a page with a way on, and never a stack.</summary>
internal static class CalmErrors
{
    public static void UseCalmErrors(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            StatusCodeSelector = StatusOf,
            SuppressDiagnosticsCallback = context => context.Exception is RefusedException || Problem.IsUnavailable(context.Exception),
        });
        app.UseStatusCodePagesWithReExecute("/error");
    }

    private static int StatusOf(Exception exception) => exception switch
    {
        RefusedException refusal => refusal.Status,
        BadHttpRequestException bad => bad.StatusCode,
        _ when Problem.IsUnavailable(exception) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
