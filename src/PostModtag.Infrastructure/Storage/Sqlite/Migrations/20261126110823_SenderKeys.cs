using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class SenderKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_Summary_SenderId",
                table: "Messages");

            migrationBuilder.AddColumn<byte[]>(
                name: "SearchKey",
                table: "Setup",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Summary_SenderKey",
                table: "Messages",
                type: "TEXT",
                maxLength: 256,
                nullable: true,
                collation: "BINARY");

            migrationBuilder.UpdateData(
                table: "Setup",
                keyColumn: "Id",
                keyValue: 1,
                column: "SearchKey",
                value: null);

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Summary_SenderKey",
                table: "Messages",
                column: "Summary_SenderKey");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_Summary_SenderKey",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "SearchKey",
                table: "Setup");

            migrationBuilder.DropColumn(
                name: "Summary_SenderKey",
                table: "Messages");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Summary_SenderId",
                table: "Messages",
                column: "Summary_SenderId");
        }
    }
}
