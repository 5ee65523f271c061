using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class IndexesWithoutNulls : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_Summary_CaseId",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Summary_ContactPointId",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Summary_KleSubject",
                table: "Messages");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Summary_CaseId",
                table: "Messages",
                column: "Summary_CaseId",
                filter: "\"Summary_CaseId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Summary_ContactPointId",
                table: "Messages",
                column: "Summary_ContactPointId",
                filter: "\"Summary_ContactPointId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Summary_KleSubject",
                table: "Messages",
                column: "Summary_KleSubject",
                filter: "\"Summary_KleSubject\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_Summary_CaseId",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Summary_ContactPointId",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Summary_KleSubject",
                table: "Messages");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Summary_CaseId",
                table: "Messages",
                column: "Summary_CaseId");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Summary_ContactPointId",
                table: "Messages",
                column: "Summary_ContactPointId");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Summary_KleSubject",
                table: "Messages",
                column: "Summary_KleSubject");
        }
    }
}
