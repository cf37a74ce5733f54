using Microsoft.AspNetCore.Authentication.Cookies;
using Platform;
using Web;
using Web.Door;
using Web.Journeys;
using Web.Pages.Bookings;
using Web.Pages.Search;
using Web.Peers;
using Web.People;

var builder = Service.CreateBuilder(args, "Web");
var options = builder.Options<WebOptions>();

builder.Services.AddHttpContextAccessor();
builder.Services.AddMemoryCache();
builder.Services.AddTransient<OnBehalf>();
builder.Services.AddTransient<FromNetwork>();
builder.AddServiceClient<ListingsClient>("LISTINGS_URL", asService: false).AddHttpMessageHandler<OnBehalf>();
builder.AddServiceClient<AvailabilityClient>("AVAILABILITY_URL", asService: false).AddHttpMessageHandler<OnBehalf>().AddHttpMessageHandler<FromNetwork>();
builder.AddServiceClient<CalendarsClient>("AVAILABILITY_URL", asService: false).AddHttpMessageHandler<OnBehalf>();
builder.AddServiceClient<BookingsClient>("BOOKINGS_URL", asService: false).AddHttpMessageHandler<OnBehalf>().AddHttpMessageHandler<FromNetwork>();
builder.AddServiceClient<PaymentsClient>("PAYMENTS_URL", asService: false).AddHttpMessageHandler<OnBehalf>();
builder.AddServiceClient<AccountsClient>("ACCOUNTS_URL", asService: false).AddHttpMessageHandler<FromNetwork>();
builder.AddServiceClient<LandingClient>("LISTINGS_URL");
builder.AddServiceClient<MailClient>("NOTIFICATIONS_URL");
builder.AddInnerClient<PeersAtTheDoor>();
builder.AddInnerClient<OperationsClient>().AddHttpMessageHandler<OnBehalf>();
builder.AddInnerClient<BrokerClient>();
builder.Services.AddScoped<Words>();

builder.Services.AddSingleton<Assets>();
builder.Services.AddSingleton<JourneyCookie>();
builder.Services.AddSingleton<VisitKeys>();
builder.Services.AddSingleton<SignInCookie>();

builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
builder.Services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
    .Configure<SignInCookie>((cookie, signIn) => signIn.Shape(cookie));
builder.Services.AddAuthorizationBuilder()
    .AddPolicy("practitioner", policy => policy.RequireRole("practitioner"))
    .AddPolicy("moderator", policy => policy.RequireRole("moderator"))
    .AddPolicy("operator", policy => policy.RequireRole("operator"));
builder.Services.AddAntiforgery(o => o.Cookie = new() { Name = "form", HttpOnly = true, SameSite = SameSiteMode.Lax, SecurePolicy = options.CookiePolicy });
builder.Services.AddRazorPages(pages =>
{
    pages.Conventions.AuthorizeFolder("/Desk", "practitioner");
    pages.Conventions.AuthorizeFolder("/Moderation", "moderator");
    pages.Conventions.AuthorizeFolder("/Operations", "operator");
    pages.Conventions.AuthorizePage("/Accounts/Visits");
    pages.Conventions.AuthorizePage("/Accounts/Own");
}).AddMvcOptions(mvc =>
{
    // What may be left out is said by each page, and what cannot be read is said in our words.
    mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
    mvc.ModelBindingMessageProvider.SetAttemptedValueIsInvalidAccessor((_, _) => "This cannot be read.");
    mvc.ModelBindingMessageProvider.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => "This cannot be read.");
    mvc.ModelBindingMessageProvider.SetValueMustNotBeNullAccessor(_ => "This is missing.");
    mvc.ModelBindingMessageProvider.SetValueMustBeANumberAccessor(_ => "A number, please.");
    mvc.ModelBindingMessageProvider.SetNonPropertyValueMustBeANumberAccessor(() => "A number, please.");
});

var app = builder.Build();
app.UseSecurityHeaders();
app.UseCalmErrors();
app.UseAssets();
app.UsePlatform();
app.MapRazorPages();
app.MapPlaceChoices();
app.MapBookingAnswers();
app.MapDoor();
return await app.RunServiceAsync(args);

public partial class Program;
