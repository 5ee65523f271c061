using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class DurablePacks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Durable",
                table: "ContentPacks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            // Until now a pack was durable before the commit that knows of it.
            migrationBuilder.Sql("""UPDATE "ContentPacks" SET "Durable" = "Length";""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Durable",
                table: "ContentPacks");
        }
    }
}
