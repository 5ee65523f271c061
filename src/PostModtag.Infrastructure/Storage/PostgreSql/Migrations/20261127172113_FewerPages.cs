using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostModtag.Infrastructure.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    internal partial class FewerPages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_State",
                table: "Messages");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_State",
                table: "Messages",
                column: "State",
                filter: "\"State\" <> 'Accepted'");

            migrationBuilder.DropColumn(
                name: "LastRow",
                table: "MovedTables");

            migrationBuilder.AddColumn<string>(
                name: "LastKey",
                table: "MovedTables",
                type: "text",
                nullable: true);

            // Deliveries are known by their message's id.
            migrationBuilder.AddColumn<long>(
                name: "MessageId",
                table: "DeliveryAttempts",
                type: "bigint",
                nullable: true);

            migrationBuilder.Sql(
                """
                UPDATE "DeliveryAttempts" SET "MessageId" = "Id" FROM "Messages" WHERE "Messages"."MessageUuid" = "DeliveryAttempts"."MessageUuid";
                DELETE FROM "DeliveryAttempts" WHERE "MessageId" IS NULL;
                """);

            migrationBuilder.AlterColumn<long>(
                name: "MessageId",
                table: "DeliveryAttempts",
                type: "bigint",
                nullable: false);

            migrationBuilder.DropPrimaryKey(
                name: "PK_DeliveryAttempts",
                table: "DeliveryAttempts");

            migrationBuilder.DropColumn(
                name: "MessageUuid",
                table: "DeliveryAttempts");

            migrationBuilder.AddPrimaryKey(
                name: "PK_DeliveryAttempts",
                table: "DeliveryAttempts",
                columns: new[] { "MessageId", "Number" });

            migrationBuilder.AddForeignKey(
                name: "FK_DeliveryAttempts_Messages_MessageId",
                table: "DeliveryAttempts",
                column: "MessageId",
                principalTable: "Messages",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_State",
                table: "Messages");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_State",
                table: "Messages",
                column: "State");

            migrationBuilder.DropColumn(
                name: "LastKey",
                table: "MovedTables");

            migrationBuilder.AddColumn<long>(
                name: "LastRow",
                table: "MovedTables",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.Sql(
                """
                ALTER TABLE "DeliveryAttempts" ADD "MessageUuid" uuid;
                UPDATE "DeliveryAttempts" SET "MessageUuid" = "Messages"."MessageUuid" FROM "Messages" WHERE "Id" = "MessageId";
                ALTER TABLE "DeliveryAttempts" ALTER "MessageUuid" SET NOT NULL;
                """);

            migrationBuilder.DropForeignKey(
                name: "FK_DeliveryAttempts_Messages_MessageId",
                table: "DeliveryAttempts");

            migrationBuilder.DropPrimaryKey(
                name: "PK_DeliveryAttempts",
                table: "DeliveryAttempts");

            migrationBuilder.DropColumn(
                name: "MessageId",
                table: "DeliveryAttempts");

            migrationBuilder.AddPrimaryKey(
                name: "PK_DeliveryAttempts",
                table: "DeliveryAttempts",
                columns: new[] { "MessageUuid", "Number" });
        }
    }
}
