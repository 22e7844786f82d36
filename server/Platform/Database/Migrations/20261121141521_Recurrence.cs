using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BorderInfo.Server.Platform.Database.Migrations
{
    /// <inheritdoc />
    public partial class Recurrence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Days",
                table: "schedule_revisions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Order",
                table: "schedule_revisions",
                type: "TEXT",
                nullable: false,
                defaultValue: "Listed");

            migrationBuilder.AddColumn<int>(
                name: "Seed",
                table: "schedule_revisions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Weights",
                table: "schedule_revisions",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.CreateTable(
                name: "holiday_revisions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false),
                    Entry = table.Column<string>(type: "TEXT", nullable: false),
                    Removed = table.Column<bool>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedBy = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_holiday_revisions", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_holiday_revisions_Key_Revision",
                table: "holiday_revisions",
                columns: new[] { "Key", "Revision" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "holiday_revisions");

            migrationBuilder.DropColumn(
                name: "Days",
                table: "schedule_revisions");

            migrationBuilder.DropColumn(
                name: "Order",
                table: "schedule_revisions");

            migrationBuilder.DropColumn(
                name: "Seed",
                table: "schedule_revisions");

            migrationBuilder.DropColumn(
                name: "Weights",
                table: "schedule_revisions");
        }
    }
}
