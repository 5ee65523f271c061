using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class FewerPages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_State",
                table: "Messages");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_State",
                table: "Messages",
                column: "State",
                filter: "\"State\" <> 'Accepted'");

            // A table without rowids is its key's index: a row is one change, and not two. EF knows nothing of it, so a later migration
            // that has EF make one of these tables anew has to say it again; a test looks.
            migrationBuilder.Sql(
                """
                ALTER TABLE "DeliveryAttempts" RENAME TO "Old";
                CREATE TABLE "DeliveryAttempts" (
                    "MessageId" INTEGER NOT NULL,
                    "Number" INTEGER NOT NULL,
                    "Fagsystem" TEXT NOT NULL,
                    "StartedAt" INTEGER NOT NULL,
                    "EndedAt" INTEGER NOT NULL,
                    "Result" TEXT NOT NULL,
                    "Reason" TEXT NULL,
                    "HttpStatus" INTEGER NULL,
                    CONSTRAINT "PK_DeliveryAttempts" PRIMARY KEY ("MessageId", "Number"),
                    CONSTRAINT "FK_DeliveryAttempts_Messages_MessageId" FOREIGN KEY ("MessageId") REFERENCES "Messages" ("Id") ON DELETE CASCADE
                ) WITHOUT ROWID;
                INSERT INTO "DeliveryAttempts" SELECT "Id", "Number", "Old"."Fagsystem", "StartedAt", "EndedAt", "Result", "Reason", "HttpStatus"
                    FROM "Old" JOIN "Messages" ON "Messages"."MessageUuid" = "Old"."MessageUuid" ORDER BY "Id", "Number";
                DROP TABLE "Old";
                """);
            MakeAnew(migrationBuilder, "WITHOUT ROWID", """ "Sha256" """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_State",
                table: "Messages");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_State",
                table: "Messages",
                column: "State");

            // An older version takes it that contents are numbered as they are in the pack.
            MakeAnew(migrationBuilder, "", """ "Pack", "Offset" """);
            migrationBuilder.Sql(
                """
                ALTER TABLE "DeliveryAttempts" RENAME TO "New";
                CREATE TABLE "DeliveryAttempts" (
                    "MessageUuid" TEXT NOT NULL,
                    "Number" INTEGER NOT NULL,
                    "Fagsystem" TEXT NOT NULL,
                    "StartedAt" INTEGER NOT NULL,
                    "EndedAt" INTEGER NOT NULL,
                    "Result" TEXT NOT NULL,
                    "Reason" TEXT NULL,
                    "HttpStatus" INTEGER NULL,
                    CONSTRAINT "PK_DeliveryAttempts" PRIMARY KEY ("MessageUuid", "Number")
                );
                INSERT INTO "DeliveryAttempts" SELECT "MessageUuid", "Number", "New"."Fagsystem", "StartedAt", "EndedAt", "Result", "Reason", "HttpStatus"
                    FROM "New" JOIN "Messages" ON "Id" = "MessageId";
                DROP TABLE "New";
                """);
        }

        private static void MakeAnew(MigrationBuilder migrationBuilder, string ending, string contentsBy) => migrationBuilder.Sql(
            $"""
            ALTER TABLE "MessageFiles" RENAME TO "Old";
            CREATE TABLE "MessageFiles" (
                "MessageId" INTEGER NOT NULL,
                "Number" INTEGER NOT NULL,
                "Document" TEXT NOT NULL,
                "FileName" TEXT NOT NULL,
                "EncodingFormat" TEXT NOT NULL,
                "Language" TEXT NOT NULL,
                "Content_Sha256" TEXT NOT NULL,
                "Content_Length" INTEGER NOT NULL,
                "InXml_Length" INTEGER NULL,
                "InXml_Offset" INTEGER NULL,
                CONSTRAINT "PK_MessageFiles" PRIMARY KEY ("MessageId", "Number"),
                CONSTRAINT "FK_MessageFiles_Messages_MessageId" FOREIGN KEY ("MessageId") REFERENCES "Messages" ("Id") ON DELETE CASCADE
            ) {ending};
            INSERT INTO "MessageFiles" SELECT "MessageId", "Number", "Document", "FileName", "EncodingFormat", "Language", "Content_Sha256", "Content_Length", "InXml_Length", "InXml_Offset"
                FROM "Old" ORDER BY "MessageId", "Number";
            DROP TABLE "Old";

            ALTER TABLE "Contents" RENAME TO "Old";
            CREATE TABLE "Contents" (
                "Sha256" TEXT NOT NULL CONSTRAINT "PK_Contents" PRIMARY KEY,
                "Length" INTEGER NOT NULL,
                "References" INTEGER NOT NULL DEFAULT 0,
                "Pack" INTEGER NULL,
                "Offset" INTEGER NULL,
                "Bytes" BLOB NULL
            ) {ending};
            INSERT INTO "Contents" SELECT "Sha256", "Length", "References", "Pack", "Offset", "Bytes" FROM "Old" ORDER BY {contentsBy};
            DROP TABLE "Old";
            """);
    }
}
