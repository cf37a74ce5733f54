using Payments;
using Platform;

var builder = Service.CreateBuilder(args, "Payments");
builder.AddDatabase<PaymentsDb>();
builder.AddStripe(builder.Options<PaymentOptions>());
builder.AddServiceClient<ListingsClient>("LISTINGS_URL");
builder.AddMessaging(bus =>
{
    bus.AddConsumer<OweRefund>();
    bus.AddConsumer<CloseCheckoutWhenBookingEnds>();
    bus.AddConsumer<SettleWhenBookingIsConfirmed>();
});
builder.AddWorker<MakeRefunds>();
builder.AddWorker<LookForRefunds>();
builder.AddWorker<ExpireCheckouts>();
builder.AddWorker<Reconcile>();
builder.AddWorker<CatchUpOnEvents>();
builder.AddWorker<ForgetStripeBodies>();

var app = builder.Build();
app.UsePlatform();

ReceiveStripeEvent.Map(app);

var mine = app.MapGroup("/api/v1/me/payments").RequireRole("practitioner").Personal();
ShowMyPayments.Map(mine);
StartOnboarding.Map(mine);
DownloadStatement.Map(mine);

var operators = app.MapGroup("/api/v1/payments").RequireRole("operator").Personal();
ListUnsettled.Map(operators);
RetryRefund.Map(operators);

var inner = app.MapInternal();
CreateCheckout.Map(inner);
ExportPerson.Map(inner);

return await app.RunServiceAsync(args);

public partial class Program;
