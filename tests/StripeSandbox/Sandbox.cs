namespace StripeSandbox;

/// <param name="Url">Where to listen; port 0 takes a free one.</param>
/// <param name="StateFolder">Where everything is kept, so that it outlives the process.</param>
/// <param name="WebhookUrl">Who is told what happens; null tells nobody.</param>
/// <param name="WebhookSecret">Signs what is told.</param>
/// <param name="PublicUrl">How a browser reaches the hosted pages; null takes the address that the API was called by.</param>
public sealed record SandboxOptions(
    string Url, string StateFolder, string? WebhookUrl, string WebhookSecret, string? PublicUrl = null)
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>The sandbox as a web application: Stripe's API, its hosted pages, and a few switches for tests.</summary>
public static class Sandbox
{
    public static WebApplication Create(SandboxOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Url);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<Switches>();
        builder.Services.AddSingleton<Store>();
        builder.Services.AddSingleton<Webhooks>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Webhooks>());
        builder.Services.AddHostedService<PassingOfTime>();

        var app = builder.Build();
        app.MapGet("/health/live", () => Results.Text("ok"));
        Api.Map(app);
        HostedPages.Map(app);
        Onboarding.Map(app);
        Switches.Map(app);
        return app;
    }
}
