using Accounts;
using Accounts.Limits;
using Accounts.Oneself;
using Accounts.Registering;
using Accounts.SigningIn;
using Microsoft.AspNetCore.Identity;
using Platform;

var builder = Service.CreateBuilder(args, "Accounts");
builder.AddDatabase<AccountsDb>();
builder.AddMessaging(bus => { });
builder.AddServiceClient<BookingsClient>("BOOKINGS_URL");
builder.AddServiceClient<NotificationsClient>("NOTIFICATIONS_URL");
builder.AddServiceClient<ListingsClient>("LISTINGS_URL");
builder.AddServiceClient<AvailabilityClient>("AVAILABILITY_URL");
builder.AddServiceClient<PaymentsClient>("PAYMENTS_URL");
var options = builder.Options<AccountOptions>();
builder.Services
    .AddIdentityCore<Account>(identity =>
    {
        identity.User.RequireUniqueEmail = true;
        // Identity's user name is the address here, and is checked as one.
        identity.User.AllowedUserNameCharacters = "";
    })
    .AddEntityFrameworkStores<AccountsDb>()
    .AddTokenProvider<AuthenticatorTokenProvider<Account>>(TokenOptions.DefaultAuthenticatorProvider);
builder.Services.AddSingleton(new Passwords(options));
builder.Services.AddSingleton<IPasswordHasher<Account>>(services => services.GetRequiredService<Passwords>());
builder.Services.AddSingleton<SigningKey>();
builder.Services.AddScoped<SessionTokens>();
builder.Services.AddScoped<AttemptLimits>();
builder.AddWorker<ForgetExpired>();

var app = builder.Build();
app.UsePlatform();
PublishKeys.Map(app);

var auth = app.MapGroup("/api/v1/auth").Personal();
Register.Map(auth);
ConfirmAddress.Map(auth);
SignIn.Map(auth);
RefreshSession.Map(auth);
SignOut.Map(auth);
ForgetPassword.Map(auth);
ResetPassword.Map(auth);

var me = app.MapGroup("/api/v1/me").RequireSignIn().Personal();
ShowMe.Map(me);
ExportMe.Map(me);
EraseMe.Map(me);

MakeCode.Map(app.MapInternal());

return await app.RunServiceAsync(args, new Command("seed", SeedDemoPeople.Run));

public partial class Program;
