using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class Rules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Routing_Basis",
                table: "Messages",
                type: "TEXT",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Routing_Reasons",
                table: "Messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Routing_Rule",
                table: "Messages",
                type: "TEXT",
                maxLength: 256,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Routing_Version",
                table: "Messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AuditEntries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Actor = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    Action = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Authority = table.Column<string>(type: "TEXT", maxLength: 8, nullable: true),
                    Fagsystem = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Detail = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditEntries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Authorities",
                columns: table => new
                {
                    Cvr = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    CurrentVersion = table.Column<int>(type: "INTEGER", nullable: true),
                    Draft = table.Column<string>(type: "TEXT", nullable: true),
                    DraftChangedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DraftChangedBy = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Revision = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Authorities", x => x.Cvr);
                });

            migrationBuilder.CreateTable(
                name: "Fagsystemer",
                columns: table => new
                {
                    Key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    Owner = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    SystemIds = table.Column<string>(type: "TEXT", nullable: false),
                    RegisteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Revision = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Fagsystemer", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "Publications",
                columns: table => new
                {
                    Cvr = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    RuleCount = table.Column<int>(type: "INTEGER", nullable: false),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    PublishedBy = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    Comment = table.Column<string>(type: "TEXT", nullable: false),
                    Again = table.Column<int>(type: "INTEGER", nullable: true),
                    RuleSet = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Publications", x => new { x.Cvr, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "Setup",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Revision = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Setup", x => x.Id);
                });

            migrationBuilder.InsertData(
                table: "Setup",
                columns: new[] { "Id", "Revision" },
                values: new object[] { 1, 1L });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Fagsystem",
                table: "Messages",
                column: "Fagsystem");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Authority",
                table: "AuditEntries",
                column: "Authority");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Fagsystem",
                table: "AuditEntries",
                column: "Fagsystem");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AuditEntries");

            migrationBuilder.DropTable(
                name: "Authorities");

            migrationBuilder.DropTable(
                name: "Fagsystemer");

            migrationBuilder.DropTable(
                name: "Publications");

            migrationBuilder.DropTable(
                name: "Setup");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Fagsystem",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "Routing_Basis",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "Routing_Reasons",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "Routing_Rule",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "Routing_Version",
                table: "Messages");
        }
    }
}
