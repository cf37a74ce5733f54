using Bookings;
using Bookings.Changing;
using Bookings.Desk;
using Bookings.Reading;
using Bookings.Requesting;
using Bookings.Safety;
using Bookings.Settling;
using Bookings.Waitlist;
using MassTransit;
using Platform;

var builder = Service.CreateBuilder(args, "Bookings");
builder.AddDatabase<BookingsDb>();
builder.Options<BookingOptions>();
builder.AddMessaging(bus =>
{
    bus.AddConsumer<ConfirmBookingWhenPaid>();
    bus.AddConsumer<ConfirmBookingWhenHoldKept>();
    bus.AddConsumer<RefundBookingWhenHoldLost>();
    bus.AddConsumer<ExpireBookingWhenHoldEnded>();
    bus.AddConsumer<NoteRefund>();
    bus.AddConsumer<ForgetErasedClient>();
    bus.AddConsumer<FollowZone>();
    bus.AddConsumer<CancelVisitsWhenPractitionerLeaves>();
});
builder.AddServiceClient<ListingsClient>("LISTINGS_URL");
builder.Services.AddSingleton<Together<OfferingAsked, Offering?>>();
builder.AddServiceClient<AvailabilityClient>("AVAILABILITY_URL");
builder.Services.AddSingleton<Together<TimeAsked, ClaimAnswer>>();
builder.AddServiceClient<PaymentsClient>("PAYMENTS_URL");
builder.AddWorker<ReleaseAbandonedTimes>();
builder.AddWorker<ExpireUnpaidBookings>();
builder.AddWorker<FinishMoves>();
builder.AddWorker<FinishDaysOff>();
builder.AddWorker<CompletePastBookings>();
builder.AddWorker<TellThoseWaiting>();
builder.Services.AddSingleton(SafetyScreens.Load());
builder.Services.AddScoped<MakeBooking>();
builder.Services.AddScoped<Moves>();
builder.Services.AddScoped<DaysOff>();
builder.Services.AddScoped<Views>();
builder.Services.AddScoped<Wishes>();

var app = builder.Build();
app.UsePlatform();

var api = app.MapGroup("/api/v1");
ShowSafetyScreen.Map(api);

var bookings = api.MapGroup("/bookings").Personal();
RequestBooking.Map(bookings);
ShowBooking.Map(bookings);
PreviewCancellation.Map(bookings);
CancelBooking.Map(bookings);
PreviewReschedule.Map(bookings);
RescheduleBooking.Map(bookings);
ShowCalendar.Map(bookings);

var mine = api.MapGroup("/me/bookings").RequireSignIn().Personal();
ListMyBookings.Map(mine);
EnterBooking.Map(mine);
CancelVisit.Map(mine);
RescheduleVisit.Map(mine);
SettleVisit.Map(mine);
RefundVisit.Map(mine);

var waitlist = api.MapGroup("/waitlist").Personal();
JoinWaitlist.Map(waitlist);
ShowWaitlistEntry.Map(waitlist);
LeaveWaitlist.Map(waitlist);

CallOffDay.Map(api.MapGroup("/me/days").RequireRole("practitioner").Personal());

var inner = app.MapInternal();
WriteLetter.Map(inner);
WriteWaitlistLetter.Map(inner);
AttachGuestBookings.Map(inner);
ExportPerson.Map(inner);

return await app.RunServiceAsync(args);

public partial class Program;
