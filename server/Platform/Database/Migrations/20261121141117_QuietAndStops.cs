using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace BorderInfo.Server.Platform.Database.Migrations
{
    /// <inheritdoc />
    public partial class QuietAndStops : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "noise_places",
                columns: table => new
                {
                    Cluster = table.Column<long>(type: "INTEGER", nullable: false),
                    Output = table.Column<string>(type: "TEXT", nullable: false),
                    Zone = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_noise_places", x => new { x.Cluster, x.Output });
                });

            migrationBuilder.CreateTable(
                name: "noise_rules",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Zone = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Weekdays = table.Column<int>(type: "INTEGER", nullable: false),
                    Starts = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    Ends = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    VolumePercent = table.Column<int>(type: "INTEGER", nullable: true),
                    Source = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_noise_rules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "theme_stops",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Themes = table.Column<string>(type: "TEXT", nullable: false),
                    Area = table.Column<string>(type: "TEXT", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeBy = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeByName = table.Column<string>(type: "TEXT", nullable: false),
                    LiftedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LiftedByName = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_theme_stops", x => x.Id);
                });

            migrationBuilder.InsertData(
                table: "noise_rules",
                columns: new[] { "Id", "Ends", "From", "Name", "Source", "Starts", "To", "VolumePercent", "Weekdays", "Zone" },
                values: new object[,]
                {
                    { 1L, new TimeOnly(6, 0, 0), new DateOnly(2026, 1, 1), "Giờ đêm", "QCVN 26", new TimeOnly(21, 0, 0), null, null, 127, "Special" },
                    { 2L, new TimeOnly(5, 0, 0), new DateOnly(2026, 1, 1), "Giờ đêm", "QCVN 26", new TimeOnly(21, 0, 0), null, null, 127, "Ordinary" }
                });

            migrationBuilder.CreateIndex(
                name: "IX_theme_stops_Until",
                table: "theme_stops",
                column: "Until");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "noise_places");

            migrationBuilder.DropTable(
                name: "noise_rules");

            migrationBuilder.DropTable(
                name: "theme_stops");
        }
    }
}
