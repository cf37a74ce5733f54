using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Listings.Migrations;

/// <summary>In which towns there is a topic, and for how many people, is read from an index alone; that is worth an entry more for each count that changes.</summary>
[DbContext(typeof(ListingsDb)), Migration("202611231000_TopicsByTown")]
public sealed class CreateTopicIndex : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX landing_counts_towns ON landing_counts (topic, place) INCLUDE (people, invented);
        DROP INDEX landing_counts_topic;
        """);
}
