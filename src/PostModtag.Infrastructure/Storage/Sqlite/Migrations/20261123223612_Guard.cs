using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class Guard : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_Fagsystem",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Summary_RecipientId",
                table: "Messages");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Fagsystem_Id",
                table: "Messages",
                columns: new[] { "Fagsystem", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Fagsystem_Receipt_TimeStamp",
                table: "Messages",
                columns: new[] { "Fagsystem", "Receipt_TimeStamp" });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Summary_RecipientId_Id",
                table: "Messages",
                columns: new[] { "Summary_RecipientId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Summary_RecipientId_Receipt_TimeStamp",
                table: "Messages",
                columns: new[] { "Summary_RecipientId", "Receipt_TimeStamp" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_Fagsystem_Id",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Fagsystem_Receipt_TimeStamp",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Summary_RecipientId_Id",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Summary_RecipientId_Receipt_TimeStamp",
                table: "Messages");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Fagsystem",
                table: "Messages",
                column: "Fagsystem");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Summary_RecipientId",
                table: "Messages",
                column: "Summary_RecipientId");
        }
    }
}
