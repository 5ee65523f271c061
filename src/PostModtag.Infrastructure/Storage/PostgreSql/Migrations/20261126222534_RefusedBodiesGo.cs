using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    internal partial class RefusedBodiesGo : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A body that was refused under a known messageUUID was kept, and belonged to no message: nobody could read it, and retention did not find it.
            migrationBuilder.Sql(
                """
                CREATE TEMPORARY TABLE "Refused" ON COMMIT DROP AS SELECT "Sha256" FROM "Contents" WHERE "Sha256" NOT IN (
                        SELECT "Xml_Sha256" FROM "Messages" WHERE "ContentsDeletedAt" IS NULL
                        UNION SELECT "Content_Sha256" FROM "MessageFiles" JOIN "Messages" ON "Messages"."Id" = "MessageId"
                        WHERE "InXml_Offset" IS NULL AND "ContentsDeletedAt" IS NULL);
                DELETE FROM "ContentPieces" WHERE "Sha256" IN (SELECT "Sha256" FROM "Refused");
                DELETE FROM "Contents" WHERE "Sha256" IN (SELECT "Sha256" FROM "Refused");
                """);

            // One that a message has too was counted once too often.
            migrationBuilder.Sql(
                """
                WITH "Its"("Sha256", "Messages") AS (
                    SELECT "Sha256", count(*) FROM (
                        SELECT "Id", "Xml_Sha256" AS "Sha256" FROM "Messages" WHERE "ContentsDeletedAt" IS NULL
                        UNION SELECT "MessageId", "Content_Sha256" FROM "MessageFiles" JOIN "Messages" ON "Messages"."Id" = "MessageId"
                        WHERE "InXml_Offset" IS NULL AND "ContentsDeletedAt" IS NULL) AS "All"
                    GROUP BY "Sha256")
                UPDATE "Contents" SET "References" = "Messages" FROM "Its" WHERE "Its"."Sha256" = "Contents"."Sha256" AND "References" <> "Messages";
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Nobody misses them.
        }
    }
}
