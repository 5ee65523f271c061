using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class Outbox : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "HandOnTo",
                table: "Fagsystemer",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.CreateTable(
                name: "Outbox",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    MessageUuid = table.Column<Guid>(type: "TEXT", nullable: false),
                    Fagsystem = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    TryingSince = table.Column<long>(type: "INTEGER", nullable: false),
                    NextAttemptAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    HttpStatus = table.Column<int>(type: "INTEGER", nullable: true),
                    AnswerCode = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    AnswerText = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Revision = table.Column<long>(type: "INTEGER", nullable: false),
                    LeasedUntil = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Outbox", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_MessageUuid",
                table: "Outbox",
                column: "MessageUuid",
                unique: true,
                filter: "\"Fagsystem\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_MessageUuid_Fagsystem",
                table: "Outbox",
                columns: new[] { "MessageUuid", "Fagsystem" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_State_Fagsystem_Id",
                table: "Outbox",
                columns: new[] { "State", "Fagsystem", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_State_NextAttemptAt",
                table: "Outbox",
                columns: new[] { "State", "NextAttemptAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Outbox");

            migrationBuilder.DropColumn(
                name: "HandOnTo",
                table: "Fagsystemer");
        }
    }
}
