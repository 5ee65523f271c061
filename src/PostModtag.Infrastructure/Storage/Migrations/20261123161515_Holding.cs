using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Holding : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "HoldingSince",
                table: "Messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Tries",
                table: "Messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Rest_TrustedCertificates",
                table: "Fagsystemer",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "HoldingSince",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "Tries",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "Rest_TrustedCertificates",
                table: "Fagsystemer");
        }
    }
}
