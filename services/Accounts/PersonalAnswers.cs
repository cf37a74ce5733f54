namespace Accounts;

/// <summary>Answers for one person's eyes: nothing on the way may keep them.</summary>
public static class PersonalAnswers
{
    public static RouteGroupBuilder Personal(this RouteGroupBuilder group) => group.AddEndpointFilter((context, next) =>
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    });
}
