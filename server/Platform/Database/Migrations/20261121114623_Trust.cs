using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BorderInfo.Server.Platform.Database.Migrations
{
    /// <inheritdoc />
    public partial class Trust : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "PublishedArea",
                table: "schedules",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Area",
                table: "schedule_revisions",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            // Each revision takes the area that its schedule had; what is published keeps it too.
            migrationBuilder.Sql("""UPDATE schedule_revisions SET "Area" = (SELECT s."Area" FROM schedules s WHERE s."Id" = schedule_revisions."ScheduleId")""");
            migrationBuilder.Sql("""UPDATE schedules SET "PublishedArea" = "Area" WHERE "Published" IS NOT NULL""");

            // SQLite's own statement: the library would rebuild the table outside the transaction, and a power cut could leave half a migration.
            migrationBuilder.Sql("""ALTER TABLE schedules DROP COLUMN "Area" """);

            migrationBuilder.AddColumn<long>(
                name: "ConfirmedAt",
                table: "enrol_codes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ConfirmedBy",
                table: "enrol_codes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MadeByUser",
                table: "enrol_codes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "Prefix",
                table: "enrol_codes",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "plan_carried_items",
                columns: table => new
                {
                    Site = table.Column<string>(type: "TEXT", nullable: false),
                    Item = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    ValidUntil = table.Column<long>(type: "INTEGER", nullable: false),
                    Epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    Counter = table.Column<long>(type: "INTEGER", nullable: false),
                    Emergency = table.Column<long>(type: "INTEGER", nullable: true),
                    Withdrawn = table.Column<int>(type: "INTEGER", nullable: true),
                    WithdrawnUntil = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plan_carried_items", x => new { x.Site, x.Item });
                });

            migrationBuilder.CreateIndex(
                name: "IX_plan_carried_items_Item",
                table: "plan_carried_items",
                column: "Item");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "plan_carried_items");

            // Before anything is dropped: each schedule takes back the area of its newest revision, as empty text would be no JSON.
            migrationBuilder.Sql("""ALTER TABLE schedules ADD COLUMN "Area" TEXT NOT NULL DEFAULT '' """);
            migrationBuilder.Sql("""
                UPDATE schedules SET "Area" = (SELECT r."Area" FROM schedule_revisions r WHERE r."ScheduleId" = schedules."Id" ORDER BY r."Revision" DESC LIMIT 1)
                WHERE EXISTS (SELECT 1 FROM schedule_revisions r WHERE r."ScheduleId" = schedules."Id")
                """);

            // SQLite's own statements, as above.
            migrationBuilder.Sql("""ALTER TABLE schedules DROP COLUMN "PublishedArea" """);
            migrationBuilder.Sql("""ALTER TABLE schedule_revisions DROP COLUMN "Area" """);
            foreach (var column in new[] { "ConfirmedAt", "ConfirmedBy", "MadeByUser", "Prefix" })
                migrationBuilder.Sql($"""ALTER TABLE enrol_codes DROP COLUMN "{column}" """);
        }
    }
}
