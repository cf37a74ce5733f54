using Platform;
using Web.Door;
using Web.People;

namespace Web.Peers;

/// <summary>The other services, each asked on behalf of whoever is signed in; those that limit guests also hear which network they come from.</summary>
internal static class PeerClients
{
    public static void AddPeers(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddTransient<OnBehalf>();
        builder.Services.AddTransient<FromNetwork>();
        builder.AddServiceClient<ListingsClient>("LISTINGS_URL", asService: false).AddHttpMessageHandler<OnBehalf>();
        builder.AddServiceClient<AvailabilityClient>("AVAILABILITY_URL", asService: false).AddHttpMessageHandler<OnBehalf>().AddHttpMessageHandler<FromNetwork>();
        builder.AddServiceClient<CalendarsClient>("AVAILABILITY_URL", asService: false).AddHttpMessageHandler<OnBehalf>();
        builder.AddServiceClient<BookingsClient>("BOOKINGS_URL", asService: false).AddHttpMessageHandler<OnBehalf>().AddHttpMessageHandler<FromNetwork>();
        builder.AddServiceClient<WaitlistClient>("BOOKINGS_URL", asService: false).AddHttpMessageHandler<OnBehalf>().AddHttpMessageHandler<FromNetwork>();
        builder.AddServiceClient<PaymentsClient>("PAYMENTS_URL", asService: false).AddHttpMessageHandler<OnBehalf>();
        builder.AddServiceClient<AccountsClient>("ACCOUNTS_URL", asService: false).AddHttpMessageHandler<FromNetwork>();
        builder.AddServiceClient<LandingClient>("LISTINGS_URL");
        builder.AddServiceClient<MailClient>("NOTIFICATIONS_URL");
        builder.AddInnerClient<PeersAtTheDoor>();
        builder.AddInnerClient<OperationsClient>().AddHttpMessageHandler<OnBehalf>();
        builder.AddInnerClient<BrokerClient>();
        builder.Services.AddScoped<Words>();
    }
}
