using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BorderInfo.Server.Platform.Database.Migrations
{
    /// <inheritdoc />
    public partial class PaceAndLanguages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "InStep",
                table: "schedule_revisions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "LeastGapSeconds",
                table: "schedule_revisions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MostPerHour",
                table: "schedule_revisions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "SharePercent",
                table: "schedule_revisions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ShareSeconds",
                table: "schedule_revisions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "SlotMinutes",
                table: "schedule_revisions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Fallbacks",
                table: "cluster_outputs",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "RequiredLanguages",
                table: "cluster_outputs",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Not DropColumn: it makes the table anew by the model of the migration before, which was written beside Recurrence and lacks its columns.
            migrationBuilder.Sql("ALTER TABLE schedule_revisions DROP COLUMN InStep");
            migrationBuilder.Sql("ALTER TABLE schedule_revisions DROP COLUMN LeastGapSeconds");
            migrationBuilder.Sql("ALTER TABLE schedule_revisions DROP COLUMN MostPerHour");
            migrationBuilder.Sql("ALTER TABLE schedule_revisions DROP COLUMN SharePercent");
            migrationBuilder.Sql("ALTER TABLE schedule_revisions DROP COLUMN ShareSeconds");
            migrationBuilder.Sql("ALTER TABLE schedule_revisions DROP COLUMN SlotMinutes");
            migrationBuilder.Sql("ALTER TABLE cluster_outputs DROP COLUMN Fallbacks");
            migrationBuilder.Sql("ALTER TABLE cluster_outputs DROP COLUMN RequiredLanguages");
        }
    }
}
