using Listings;
using Listings.Demo;
using Listings.Desk;
using Listings.Landing;
using Listings.Moderation;
using Listings.Offerings;
using Listings.Places;
using Listings.Search;
using Listings.Words;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Platform;

var builder = Service.CreateBuilder(args, "Listings");
builder.AddDatabase<ListingsDb>(npgsql => npgsql.UseNetTopologySuite());
builder.AddMessaging(bus =>
{
    bus.AddConsumer<UpdateNextOpenings>();
    bus.AddConsumer<ForgetPractitionerWhoLeft>();
});
builder.AddServiceClient<AvailabilityClient>("AVAILABILITY_URL");
builder.Services.AddSingleton<SearchIndex>();
builder.Services.AddSingleton<PlaceIndex>();
builder.Services.AddScoped<Gazetteer>();
builder.AddWorker<FollowPlaces>();
builder.AddWorker<FollowChanges>();
builder.AddWorker<FetchWaitingOpenings>();
builder.AddWorker<GiveMemoryBack>();
builder.AddWorker<TidyWords>();

var app = builder.Build();
app.UsePlatform();

var api = app.MapGroup("/api/v1");
ReadTaxonomy.Map(api);
FindPlaces.Map(api);

var practitioners = api.MapGroup("/practitioners");
SearchPractitioners.Map(practitioners);
ReadProfile.Map(practitioners);
ReadReviews.Map(practitioners);

var mine = api.MapGroup("/me/listing").RequireRole("practitioner").Personal();
ReadMyListing.Map(mine);
WriteMyListing.Map(mine);
SubmitMyListing.Map(mine);
UnpublishMyListing.Map(mine);

var moderation = api.MapGroup("/moderation").RequireRole("moderator").Personal();
ReadWaiting.Map(moderation);
ApproveListing.Map(moderation);
ReturnListing.Map(moderation);
SuspendListing.Map(moderation);
VerifyCredential.Map(moderation);
RejectCredential.Map(moderation);
ReadAudit.Map(moderation);

var inner = app.MapInternal();
FindPractitioner.Map(inner);
DescribeOffering.Map(inner);
ReadContact.Map(inner);
ReadFacts.Map(inner);
ExportPerson.Map(inner);

var landing = inner.MapGroup("/landing");
ReadTowns.Map(landing);
ReadPlace.Map(landing);
ReadTopics.Map(landing);
ReadPages.Map(landing);
ReadPageStarts.Map(landing);
ReadPeople.Map(landing);
ReadPeopleStarts.Map(landing);

return await app.RunServiceAsync(
    args,
    new Command("import-places", ImportPlaces.Run),
    new Command("import-postal", ImportPostal.Run),
    new Command("seed", SeedDirectory.Run),
    new Command("export-facts", ExportFacts.Run),
    new Command("rebuild-search", RebuildSearch.Run),
    new Command("import-openings", ImportOpenings.Run));

public partial class Program;
