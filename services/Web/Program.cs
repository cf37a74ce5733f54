using Platform;
using Web;
using Web.Door;
using Web.Journeys;
using Web.Pages;
using Web.Pages.Bookings;
using Web.Pages.Search;
using Web.Peers;
using Web.People;

var builder = Service.CreateBuilder(args, "Web");
var options = builder.Options<WebOptions>();
builder.AddPeers();
builder.AddSignIn();
builder.AddPages(options.CookiePolicy);
builder.Services.AddMemoryCache();
builder.Services.AddSingleton<Assets>();
builder.Services.AddSingleton<JourneyCookie>();
builder.Services.AddSingleton<VisitKeys>();

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
