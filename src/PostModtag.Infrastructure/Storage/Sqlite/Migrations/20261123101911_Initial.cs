using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Contents",
                columns: table => new
                {
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Length = table.Column<long>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Contents", x => x.Sha256);
                });

            migrationBuilder.CreateTable(
                name: "Messages",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    MessageUuid = table.Column<Guid>(type: "TEXT", nullable: false),
                    TransmissionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    TransactionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ContentType = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    Xml_Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Xml_Length = table.Column<long>(type: "INTEGER", nullable: false),
                    MemoVersion = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    Summary_MessageId = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Summary_MessageType = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Summary_SenderId = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true, collation: "NOCASE"),
                    Summary_SenderLabel = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Summary_RecipientId = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true, collation: "NOCASE"),
                    Summary_ContactPointId = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true, collation: "NOCASE"),
                    Summary_Label = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Memo = table.Column<string>(type: "TEXT", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Fagsystem = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Receipt_TransmissionId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Receipt_MessageUuid = table.Column<Guid>(type: "TEXT", nullable: true),
                    Receipt_MessageId = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Receipt_Status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    Receipt_ErrorCode = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Receipt_ErrorMessage = table.Column<string>(type: "TEXT", nullable: true),
                    Receipt_TimeStamp = table.Column<long>(type: "INTEGER", nullable: true),
                    Violations = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Messages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RefusedCopies",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    MessageUuid = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Length = table.Column<long>(type: "INTEGER", nullable: false),
                    Receipt_TransmissionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Receipt_MessageUuid = table.Column<Guid>(type: "TEXT", nullable: false),
                    Receipt_MessageId = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Receipt_Status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Receipt_ErrorCode = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Receipt_ErrorMessage = table.Column<string>(type: "TEXT", nullable: true),
                    Receipt_TimeStamp = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RefusedCopies", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MessageFiles",
                columns: table => new
                {
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    MessageId = table.Column<long>(type: "INTEGER", nullable: false),
                    Document = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    EncodingFormat = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    Content_Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Content_Length = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MessageFiles", x => new { x.MessageId, x.Number });
                    table.ForeignKey(
                        name: "FK_MessageFiles_Messages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "Messages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_MessageUuid",
                table: "Messages",
                column: "MessageUuid",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Messages_ReceivedAt",
                table: "Messages",
                column: "ReceivedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_State",
                table: "Messages",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Summary_ContactPointId",
                table: "Messages",
                column: "Summary_ContactPointId");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Summary_RecipientId",
                table: "Messages",
                column: "Summary_RecipientId");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Summary_SenderId",
                table: "Messages",
                column: "Summary_SenderId");

            migrationBuilder.CreateIndex(
                name: "IX_RefusedCopies_MessageUuid_Sha256",
                table: "RefusedCopies",
                columns: new[] { "MessageUuid", "Sha256" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Contents");

            migrationBuilder.DropTable(
                name: "MessageFiles");

            migrationBuilder.DropTable(
                name: "RefusedCopies");

            migrationBuilder.DropTable(
                name: "Messages");
        }
    }
}
