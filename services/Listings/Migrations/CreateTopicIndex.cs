using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Listings.Migrations;

/// <summary>In which towns there is a topic, and for how many people, is read from an index alone.</summary>
[DbContext(typeof(ListingsDb)), Migration("202611231000_TopicsByTown")]
public sealed class CreateTopicIndex : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX landing_counts_topic;
        CREATE INDEX landing_counts_topic ON landing_counts (topic, place) INCLUDE (people, invented);
        """);
}
