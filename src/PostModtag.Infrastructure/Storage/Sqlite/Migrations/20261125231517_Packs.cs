using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class Packs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Offset",
                table: "Contents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Pack",
                table: "Contents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ContentPacks",
                columns: table => new
                {
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Length = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContentPacks", x => x.Number);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ContentPacks");

            migrationBuilder.DropColumn(
                name: "Offset",
                table: "Contents");

            migrationBuilder.DropColumn(
                name: "Pack",
                table: "Contents");
        }
    }
}
