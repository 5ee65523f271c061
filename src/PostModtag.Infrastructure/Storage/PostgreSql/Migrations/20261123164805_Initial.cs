using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace PostModtag.Infrastructure.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    internal partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:CollationDefinition:ignore_case", "und-u-ks-level2,und-u-ks-level2,icu,False");

            migrationBuilder.CreateTable(
                name: "AuditEntries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Actor = table.Column<string>(type: "text", nullable: false),
                    Action = table.Column<string>(type: "text", nullable: false),
                    Authority = table.Column<string>(type: "text", nullable: true),
                    Fagsystem = table.Column<string>(type: "text", nullable: true),
                    Detail = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditEntries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Authorities",
                columns: table => new
                {
                    Cvr = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CurrentVersion = table.Column<int>(type: "integer", nullable: true),
                    Draft = table.Column<string>(type: "text", nullable: true),
                    DraftChangedAt = table.Column<long>(type: "bigint", nullable: true),
                    DraftChangedBy = table.Column<string>(type: "text", nullable: true),
                    Revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Authorities", x => x.Cvr);
                });

            migrationBuilder.CreateTable(
                name: "ContentPieces",
                columns: table => new
                {
                    Sha256 = table.Column<string>(type: "text", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContentPieces", x => new { x.Sha256, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "Contents",
                columns: table => new
                {
                    Sha256 = table.Column<string>(type: "text", nullable: false),
                    Length = table.Column<long>(type: "bigint", nullable: false),
                    Bytes = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Contents", x => x.Sha256);
                });

            migrationBuilder.CreateTable(
                name: "DataProtectionKeys",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Key = table.Column<byte[]>(type: "bytea", nullable: false),
                    IsEncrypted = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DataProtectionKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DeliveryAttempts",
                columns: table => new
                {
                    MessageUuid = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Fagsystem = table.Column<string>(type: "text", nullable: false),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false),
                    EndedAt = table.Column<long>(type: "bigint", nullable: false),
                    Result = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: true),
                    HttpStatus = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeliveryAttempts", x => new { x.MessageUuid, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "FagsystemCredentials",
                columns: table => new
                {
                    Fagsystem = table.Column<string>(type: "text", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false),
                    Secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    Description = table.Column<string>(type: "text", nullable: false),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: true),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FagsystemCredentials", x => x.Fagsystem);
                });

            migrationBuilder.CreateTable(
                name: "Fagsystemer",
                columns: table => new
                {
                    Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Owner = table.Column<string>(type: "text", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<string>(type: "text", nullable: false),
                    SystemIds = table.Column<string>(type: "text", nullable: false),
                    Rest_Url = table.Column<string>(type: "text", nullable: true),
                    Rest_TimeoutSeconds = table.Column<int>(type: "integer", nullable: true),
                    Rest_MaxConcurrency = table.Column<int>(type: "integer", nullable: true),
                    Rest_TrustedCertificates = table.Column<string>(type: "text", nullable: true),
                    RegisteredAt = table.Column<long>(type: "bigint", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Fagsystemer", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "Messages",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    MessageUuid = table.Column<Guid>(type: "uuid", nullable: false),
                    TransmissionId = table.Column<Guid>(type: "uuid", nullable: false),
                    TransactionId = table.Column<Guid>(type: "uuid", nullable: false),
                    ReceivedAt = table.Column<long>(type: "bigint", nullable: false),
                    ContentType = table.Column<string>(type: "text", nullable: false),
                    Xml_Sha256 = table.Column<string>(type: "text", nullable: false),
                    Xml_Length = table.Column<long>(type: "bigint", nullable: false),
                    MemoVersion = table.Column<string>(type: "text", nullable: true),
                    Summary_MessageId = table.Column<string>(type: "text", nullable: true),
                    Summary_MessageType = table.Column<string>(type: "text", nullable: true),
                    Summary_SenderId = table.Column<string>(type: "text", nullable: true, collation: "ignore_case"),
                    Summary_SenderLabel = table.Column<string>(type: "text", nullable: true),
                    Summary_RecipientId = table.Column<string>(type: "text", nullable: true, collation: "ignore_case"),
                    Summary_ContactPointId = table.Column<string>(type: "text", nullable: true, collation: "ignore_case"),
                    Summary_Label = table.Column<string>(type: "text", nullable: true),
                    Memo = table.Column<string>(type: "text", nullable: true),
                    State = table.Column<string>(type: "text", nullable: false),
                    Fagsystem = table.Column<string>(type: "text", nullable: true),
                    Routing_Version = table.Column<int>(type: "integer", nullable: true),
                    Routing_Basis = table.Column<string>(type: "text", nullable: true),
                    Routing_Rule = table.Column<string>(type: "text", nullable: true),
                    Routing_Reasons = table.Column<string>(type: "text", nullable: true),
                    Routing_WhenUndecided = table.Column<string>(type: "text", nullable: true),
                    Receipt_TransmissionId = table.Column<Guid>(type: "uuid", nullable: true),
                    Receipt_MessageUuid = table.Column<Guid>(type: "uuid", nullable: true),
                    Receipt_MessageId = table.Column<string>(type: "text", nullable: true),
                    Receipt_Status = table.Column<string>(type: "text", nullable: true),
                    Receipt_ErrorCode = table.Column<string>(type: "text", nullable: true),
                    Receipt_ErrorMessage = table.Column<string>(type: "text", nullable: true),
                    Receipt_TimeStamp = table.Column<long>(type: "bigint", nullable: true),
                    HeldAt = table.Column<long>(type: "bigint", nullable: true),
                    NextAttemptAt = table.Column<long>(type: "bigint", nullable: true),
                    HoldingSince = table.Column<long>(type: "bigint", nullable: true),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    Tries = table.Column<int>(type: "integer", nullable: false),
                    Concern = table.Column<string>(type: "text", nullable: false),
                    Revision = table.Column<long>(type: "bigint", nullable: false),
                    Violations = table.Column<string>(type: "text", nullable: false),
                    LeasedUntil = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Messages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MovedTables",
                columns: table => new
                {
                    Name = table.Column<string>(type: "text", nullable: false),
                    LastRow = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MovedTables", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "Moves",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Folder = table.Column<string>(type: "text", nullable: false),
                    IsComplete = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Moves", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Publications",
                columns: table => new
                {
                    Cvr = table.Column<string>(type: "text", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    RuleCount = table.Column<int>(type: "integer", nullable: false),
                    PublishedAt = table.Column<long>(type: "bigint", nullable: false),
                    PublishedBy = table.Column<string>(type: "text", nullable: false),
                    Comment = table.Column<string>(type: "text", nullable: false),
                    Again = table.Column<int>(type: "integer", nullable: true),
                    RuleSet = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Publications", x => new { x.Cvr, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "RefusedCopies",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    MessageUuid = table.Column<Guid>(type: "uuid", nullable: false),
                    ReceivedAt = table.Column<long>(type: "bigint", nullable: false),
                    Sha256 = table.Column<string>(type: "text", nullable: false),
                    Length = table.Column<long>(type: "bigint", nullable: false),
                    Receipt_TransmissionId = table.Column<Guid>(type: "uuid", nullable: false),
                    Receipt_MessageUuid = table.Column<Guid>(type: "uuid", nullable: false),
                    Receipt_MessageId = table.Column<string>(type: "text", nullable: true),
                    Receipt_Status = table.Column<string>(type: "text", nullable: false),
                    Receipt_ErrorCode = table.Column<string>(type: "text", nullable: true),
                    Receipt_ErrorMessage = table.Column<string>(type: "text", nullable: true),
                    Receipt_TimeStamp = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RefusedCopies", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Setup",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Setup", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MessageFiles",
                columns: table => new
                {
                    Number = table.Column<int>(type: "integer", nullable: false),
                    MessageId = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    FileName = table.Column<string>(type: "text", nullable: false),
                    EncodingFormat = table.Column<string>(type: "text", nullable: false),
                    Language = table.Column<string>(type: "text", nullable: false),
                    Content_Sha256 = table.Column<string>(type: "text", nullable: false),
                    Content_Length = table.Column<long>(type: "bigint", nullable: false)
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

            migrationBuilder.InsertData(
                table: "Setup",
                columns: new[] { "Id", "Revision" },
                values: new object[] { 1, 1L });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Authority",
                table: "AuditEntries",
                column: "Authority");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Fagsystem",
                table: "AuditEntries",
                column: "Fagsystem");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Fagsystem",
                table: "Messages",
                column: "Fagsystem");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_MessageUuid",
                table: "Messages",
                column: "MessageUuid",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Messages_NextAttemptAt",
                table: "Messages",
                column: "NextAttemptAt");

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

            // Pieces are kept as they are: most contents are compressed already, and to try again costs more than it saves.
            migrationBuilder.Sql("""ALTER TABLE "ContentPieces" ALTER COLUMN "Bytes" SET STORAGE EXTERNAL;""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AuditEntries");

            migrationBuilder.DropTable(
                name: "Authorities");

            migrationBuilder.DropTable(
                name: "ContentPieces");

            migrationBuilder.DropTable(
                name: "Contents");

            migrationBuilder.DropTable(
                name: "DataProtectionKeys");

            migrationBuilder.DropTable(
                name: "DeliveryAttempts");

            migrationBuilder.DropTable(
                name: "FagsystemCredentials");

            migrationBuilder.DropTable(
                name: "Fagsystemer");

            migrationBuilder.DropTable(
                name: "MessageFiles");

            migrationBuilder.DropTable(
                name: "MovedTables");

            migrationBuilder.DropTable(
                name: "Moves");

            migrationBuilder.DropTable(
                name: "Publications");

            migrationBuilder.DropTable(
                name: "RefusedCopies");

            migrationBuilder.DropTable(
                name: "Setup");

            migrationBuilder.DropTable(
                name: "Messages");
        }
    }
}
