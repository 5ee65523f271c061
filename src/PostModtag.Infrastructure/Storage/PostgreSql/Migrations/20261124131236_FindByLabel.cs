using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.PostgreSql.Migrations
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
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.Sql(@"UPDATE ""Messages"" SET ""Summary_FoldedLabel"" = upper(""Summary_Label"");");

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
