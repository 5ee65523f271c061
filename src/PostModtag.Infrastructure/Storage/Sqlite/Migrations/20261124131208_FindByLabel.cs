using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class FindByLabel : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Summary_FoldedLabel",
                table: "Messages",
                type: "TEXT",
                maxLength: 256,
                nullable: true,
                collation: "BINARY");

            migrationBuilder.Sql(@"UPDATE ""Messages"" SET ""Summary_FoldedLabel"" = upper(replace(replace(replace(""Summary_Label"", 'æ', 'Æ'), 'ø', 'Ø'), 'å', 'Å'));");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Summary_FoldedLabel",
                table: "Messages",
                column: "Summary_FoldedLabel");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_Summary_FoldedLabel",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "Summary_FoldedLabel",
                table: "Messages");
        }
    }
}
