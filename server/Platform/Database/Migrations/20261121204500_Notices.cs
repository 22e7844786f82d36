using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BorderInfo.Server.Platform.Database.Migrations
{
    /// <inheritdoc />
    public partial class Notices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Notice",
                table: "item_versions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ReplacedBy",
                table: "items",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // EF would build the tables anew; SQLite drops a column by itself.
            migrationBuilder.Sql("ALTER TABLE \"item_versions\" DROP COLUMN \"Notice\";");
            migrationBuilder.Sql("ALTER TABLE \"items\" DROP COLUMN \"ReplacedBy\";");
        }
    }
}
