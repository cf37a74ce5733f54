using Microsoft.EntityFrameworkCore;
using Listings;
using Platform;

var builder = Service.CreateBuilder(args, "Listings");
builder.AddDatabase<ListingsDb>(npgsql => npgsql.UseNetTopologySuite());

var app = builder.Build();
app.UsePlatform();

return await app.RunServiceAsync(args);

public partial class Program;
