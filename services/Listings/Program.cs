using Listings;
using Listings.Demo;
using Listings.Places;
using Microsoft.EntityFrameworkCore;
using Platform;

var builder = Service.CreateBuilder(args, "Listings");
builder.AddDatabase<ListingsDb>(npgsql => npgsql.UseNetTopologySuite());

var app = builder.Build();
app.UsePlatform();

var api = app.MapGroup("/api/v1");
ReadTaxonomy.Map(api);
FindPlaces.Map(api);

return await app.RunServiceAsync(
    args,
    new Command("seed", SeedDirectory.Run),
    new Command("export-facts", ExportFacts.Run),
    new Command("import-places", ImportPlaces.Run),
    new Command("import-postal", ImportPostal.Run));

public partial class Program;
