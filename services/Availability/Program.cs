using Availability;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

var builder = Service.CreateBuilder(args, "Availability");
builder.AddDatabase<AvailabilityDb>();
builder.AddMessaging(bus =>
{
    bus.AddConsumer<FollowPublishedPractitioners>();
    bus.AddConsumer<KeepHoldWhenPaid>();
    bus.AddConsumer<ReleaseClaimWhenCancelled>();
    bus.AddConsumer<ForgetErasedPractitioner>();
});
builder.AddServiceClient<ListingsClient>("LISTINGS_URL");
builder.AddWorker<ExpireHolds>();
builder.AddWorker<TellOpenings>();
builder.AddWorker<ForgetOldHolds>();
PollCalendars.AddTo(builder, builder.Options<AvailabilityOptions>());
builder.Services.AddSingleton<SlugCache>();
builder.Services.AddSingleton<Together<ListOpenings.Asked, Results<WrittenOpenings, ProblemHttpResult>>>();
builder.Services.AddSingleton<KeptOpenings>();
builder.Services.AddSingleton<FirstLook>();
builder.Services.AddScoped<HoldLimits>();

var app = builder.Build();
app.UsePlatform();

ListOpenings.Map(app.MapGroup("/api/v1/practitioners").WithTags("Openings"));

var holds = app.MapGroup("/api/v1/holds").WithTags("Holds").Personal();
HoldTime.Map(holds);
ExtendHold.Map(holds);
LetHoldGo.Map(holds);

var desk = app.MapGroup("/api/v1/me").WithTags("A practitioner's time").RequireRole("practitioner").Personal();
ReadSchedule.Map(desk);
ChangeSchedule.Map(desk);
ListDays.Map(desk);
WhyFree.Map(desk);
ListTimeOff.Map(desk);
TakeTimeOff.Map(desk);
DropTimeOff.Map(desk);
SuggestHolidays.Map(desk);
ListExtraHours.Map(desk);
AddExtraHours.Map(desk);
DropExtraHours.Map(desk);
ReadCalendarFeed.Map(desk);
RotateCalendarFeed.Map(desk);
ServeCalendarFeed.Map(app.MapGroup("/api/v1/calendar-feeds").WithTags("A practitioner's time"));

var calendars = desk.MapGroup("/calendars");
ListCalendars.Map(calendars);
AddCalendar.Map(calendars);
DropCalendar.Map(calendars);
IgnoreCalendar.Map(calendars);
RetryCalendar.Map(calendars);

// Beside what Platform answers operators; not routed at the door.
ListFailingCalendars.Map(app.MapGroup("/operations").RequireRole("operator").Personal().ExcludeFromDescription());

var internals = app.MapInternal();
ExportPerson.Map(internals);
ReadWaitingOpenings.Map(internals);
TakeDayOff.Map(internals.MapGroup("/practitioners/{practitionerId:guid}/days-off"));

var claims = internals.MapGroup("/claims");
ClaimForBooking.Map(claims);
KeepClaim.Map(claims);
MoveClaim.Map(claims);
ReleaseClaim.Map(claims);

return await app.RunServiceAsync(
    args,
    new Command("import-facts", ImportFacts.Run),
    new Command("import-holidays", ImportHolidays.Run),
    new Command("export-openings", ExportOpenings.Run),
    new Command("settle-zones", SettleZones.Run));

public partial class Program;
