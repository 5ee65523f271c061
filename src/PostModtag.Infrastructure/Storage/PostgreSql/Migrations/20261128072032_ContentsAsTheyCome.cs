using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    internal partial class ContentsAsTheyCome : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => Store(migrationBuilder, "EXTERNAL");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => Store(migrationBuilder, "EXTENDED");

        // Nearly all of a content is base64 of what is compressed already: to try it on each takes longer than all else that the
        // database does with a message. Those that are there stay as they are, and are read as before.
        private static void Store(MigrationBuilder migrationBuilder, string storage) =>
            migrationBuilder.Sql(
                $"""
                ALTER TABLE "Contents" ALTER COLUMN "Bytes" SET STORAGE {storage};
                ALTER TABLE "ContentPieces" ALTER COLUMN "Bytes" SET STORAGE {storage};
                """);
    }
}
