using Notifications;
using Notifications.Peers;
using Notifications.Sending;
using Platform;

var builder = Service.CreateBuilder(args, "Notifications");
builder.AddDatabase<NotificationsDb>();
builder.AddMessaging(bus =>
{
    bus.AddConsumer<TellOfBooking>();
    bus.AddConsumer<TellOfMove>();
    bus.AddConsumer<TellOfLostClock>();
    bus.AddConsumer<TellOfCancellation>();
    bus.AddConsumer<TellOfRefund>();
    bus.AddConsumer<TellOfCalendar>();
    bus.AddConsumer<TellOfDecision>();
    bus.AddConsumer<TellOfWaiting>();
    bus.AddConsumer<SendCode>();
    bus.AddConsumer<ForgetErasedAccount>();
});
builder.AddServiceClient<BookingsClient>("BOOKINGS_URL");
builder.AddServiceClient<ListingsClient>("LISTINGS_URL");
builder.AddServiceClient<AccountsClient>("ACCOUNTS_URL");
builder.AddMail();
builder.AddWorker<SendMessages>();

var app = builder.Build();
app.UsePlatform();
var inner = app.MapInternal();
ExportPerson.Map(inner);
if (app.Environment.IsDevelopment())
{
    var mail = inner.MapGroup("/mail");
    ListMail.Map(mail);
    ShowMail.Map(mail);
}

return await app.RunServiceAsync(args);

public partial class Program;
