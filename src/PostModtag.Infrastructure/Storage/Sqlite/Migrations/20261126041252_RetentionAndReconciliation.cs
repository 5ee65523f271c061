using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class RetentionAndReconciliation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_NextAttemptAt",
                table: "Messages");

            migrationBuilder.AddColumn<long>(
                name: "ContentsDeletedAt",
                table: "Messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "References",
                table: "Contents",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "Erased",
                table: "ContentPacks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "Erasures",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Length = table.Column<long>(type: "INTEGER", nullable: false),
                    Pack = table.Column<int>(type: "INTEGER", nullable: true),
                    Offset = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Erasures", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Reconciliations",
                columns: table => new
                {
                    Authority = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Day = table.Column<int>(type: "INTEGER", nullable: false),
                    CarriedIn = table.Column<int>(type: "INTEGER", nullable: false),
                    Received = table.Column<int>(type: "INTEGER", nullable: false),
                    Accepted = table.Column<int>(type: "INTEGER", nullable: false),
                    Rejected = table.Column<int>(type: "INTEGER", nullable: false),
                    Held = table.Column<int>(type: "INTEGER", nullable: false),
                    MessagesSha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    PreviousSha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Reconciliations", x => new { x.Authority, x.Number });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_NextAttemptAt",
                table: "Messages",
                column: "NextAttemptAt",
                filter: "\"NextAttemptAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Receipt_TimeStamp",
                table: "Messages",
                column: "Receipt_TimeStamp",
                filter: "\"ContentsDeletedAt\" IS NULL AND \"Receipt_TimeStamp\" IS NOT NULL");

            // How many messages have each content that there is. What none has belongs to nobody, and stays for verify to find.
            migrationBuilder.Sql(
                """
                WITH "Its"("Sha256", "Messages") AS (
                    SELECT "Sha256", count(*) FROM (
                        SELECT "Id", "Xml_Sha256" AS "Sha256" FROM "Messages"
                        UNION SELECT "MessageId", "Content_Sha256" FROM "MessageFiles" WHERE "InXml_Offset" IS NULL) AS "All"
                    GROUP BY "Sha256")
                UPDATE "Contents" SET "References" = (SELECT "Messages" FROM "Its" WHERE "Its"."Sha256" = "Contents"."Sha256")
                WHERE "Sha256" IN (SELECT "Sha256" FROM "Its");
                """);

            // What was said once is said for ever: the audit trail and the days' records only grow.
            foreach (var table in new[] { "AuditEntries", "Reconciliations" })
            {
                foreach (var change in new[] { "UPDATE", "DELETE" })
                    migrationBuilder.Sql($"""CREATE TRIGGER "{table}_no_{change}" BEFORE {change} ON "{table}" BEGIN SELECT RAISE(ABORT, '{table} only grows'); END;""");
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var table in new[] { "AuditEntries", "Reconciliations" })
            {
                foreach (var change in new[] { "UPDATE", "DELETE" })
                    migrationBuilder.Sql($"""DROP TRIGGER "{table}_no_{change}";""");
            }

            migrationBuilder.DropTable(
                name: "Erasures");

            migrationBuilder.DropTable(
                name: "Reconciliations");

            migrationBuilder.DropIndex(
                name: "IX_Messages_NextAttemptAt",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Receipt_TimeStamp",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "ContentsDeletedAt",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "References",
                table: "Contents");

            migrationBuilder.DropColumn(
                name: "Erased",
                table: "ContentPacks");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_NextAttemptAt",
                table: "Messages",
                column: "NextAttemptAt");
        }
    }
}
