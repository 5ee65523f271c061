using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class FindByKleAndCase : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Summary_CaseId",
                table: "Messages",
                type: "TEXT",
                maxLength: 256,
                nullable: true,
                collation: "NOCASE");

            migrationBuilder.AddColumn<string>(
                name: "Summary_KleSubject",
                table: "Messages",
                type: "TEXT",
                maxLength: 256,
                nullable: true,
                collation: "BINARY");

            // Messages that are there are found as those that come.
            migrationBuilder.Sql(
                """
                UPDATE "Messages" SET
                    "Summary_KleSubject" = json_extract("Memo", '$.MessageHeader.ContentData.KLEdata.SubjectKey'),
                    "Summary_CaseId" = coalesce(json_extract("Memo", '$.MessageHeader.ContentData.CaseID.CaseID'), json_extract("Memo", '$.MessageHeader.ReplyData[0].CaseID'))
                WHERE "Memo" IS NOT NULL;
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Summary_CaseId",
                table: "Messages",
                column: "Summary_CaseId");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Summary_KleSubject",
                table: "Messages",
                column: "Summary_KleSubject");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_Summary_CaseId",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Summary_KleSubject",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "Summary_CaseId",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "Summary_KleSubject",
                table: "Messages");
        }
    }
}
