using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.PostgreSql.Migrations
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
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "References",
                table: "Contents",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "Reconciliations",
                columns: table => new
                {
                    Authority = table.Column<string>(type: "text", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Day = table.Column<int>(type: "integer", nullable: false),
                    CarriedIn = table.Column<int>(type: "integer", nullable: false),
                    Received = table.Column<int>(type: "integer", nullable: false),
                    Accepted = table.Column<int>(type: "integer", nullable: false),
                    Rejected = table.Column<int>(type: "integer", nullable: false),
                    Held = table.Column<int>(type: "integer", nullable: false),
                    MessagesSha256 = table.Column<string>(type: "text", nullable: false),
                    PreviousSha256 = table.Column<string>(type: "text", nullable: false),
                    Sha256 = table.Column<string>(type: "text", nullable: false)
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
            migrationBuilder.Sql("""CREATE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$;""");
            foreach (var table in new[] { "AuditEntries", "Reconciliations" })
                migrationBuilder.Sql($"""CREATE TRIGGER "{table}_only_grows" BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" EXECUTE FUNCTION only_grows();""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP FUNCTION only_grows() CASCADE;");

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

            migrationBuilder.CreateIndex(
                name: "IX_Messages_NextAttemptAt",
                table: "Messages",
                column: "NextAttemptAt");
        }
    }
}
