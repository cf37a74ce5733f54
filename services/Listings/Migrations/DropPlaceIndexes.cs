using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Listings.Migrations;

/// <summary>A type-ahead is answered from memory: two indexes over names, one of them for typing errors, have nobody left to serve.</summary>
[DbContext(typeof(ListingsDb)), Migration("202611220600_PlacesInMemory")]
public sealed class DropPlaceIndexes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP INDEX place_names_large, place_names_typo");
}
