using BorderInfo.Server.Geo;
using BorderInfo.Server.Geo.Public;

namespace BorderInfo.Tests.Server.Geo;

/// <summary>The official list as shipped.</summary>
public sealed class CatalogueTests
{
    [Fact]
    public void There_are_34_provinces_and_3321_communes_13_of_them_special_zones()
    {
        var units = Units.Today;

        var kinds = units.Communes.CountBy(c => c.Kind).ToDictionary();

        Assert.Equal(34, units.Provinces.Count);
        Assert.Equal(3321, units.Communes.Count);
        Assert.Equal(13, kinds["Đặc khu"]);
        Assert.Equal(2611, kinds["Xã"]);
        Assert.Equal(697, kinds["Phường"]);
    }

    [Theory]
    [InlineData("CN", 79)]
    [InlineData("LA", 102)]
    [InlineData("KH", 69)]
    public void So_many_communes_touch_each_neighbour(string neighbour, int communes) =>
        Assert.Equal(communes, Units.Today.Communes.Count(c => c.Border.Contains(neighbour)));

    [Fact]
    public void There_are_248_communes_at_the_land_border_in_22_provinces()
    {
        var border = Units.Today.Communes.Where(c => c.Border.Count > 0).ToArray();

        Assert.Equal(248, border.Length);
        Assert.Equal(22, border.Select(c => c.ProvinceCode).Distinct().Count());
        Assert.Equal(["Bờ Y", "Sín Thầu"], border.Where(c => c.Border.Count == 2).Select(c => c.Name).Order());
    }

    [Theory]
    [InlineData("20333", "Hoàng Sa", "Đà Nẵng")]
    [InlineData("22736", "Trường Sa", "Khánh Hoà")]
    public void The_two_archipelagos_are_special_zones_of_their_provinces(string code, string name, string province)
    {
        var zone = Units.Today.CommuneByCode[code];

        Assert.Equal(("Đặc khu", name), (zone.Kind, zone.Name));
        Assert.Equal(province, Units.Today.ProvinceByCode[zone.ProvinceCode].Name);
    }

    [Theory]
    [InlineData(2026, 4, 29, "Tỉnh", "Xã")]
    [InlineData(2026, 4, 30, "Thành phố", "Phường")]
    public void Dong_Nai_became_a_city_and_its_communes_wards_on_30_April_2026(int year, int month, int day, string province, string commune)
    {
        var units = Units.On(year, month, day);

        Assert.Equal((province, "Đồng Nai"), (units.ProvinceByCode["75"].Kind, units.ProvinceByCode["75"].Name));
        Assert.Equal((commune, "Lộc Ninh"), (units.CommuneByCode["25270"].Kind, units.CommuneByCode["25270"].Name));
        Assert.Equal(3321, units.Communes.Count);
    }

    [Fact]
    public void Before_July_2025_there_is_nothing() => Assert.Empty(Units.On(2025, 6, 30).Communes);

    [Fact]
    public void A_new_day_comes_at_midnight_in_Viet_Nam()
    {
        using var server = new GeoUnderTest();
        server.Clock.Set(new DateTimeOffset(2026, 4, 29, 16, 59, 59, TimeSpan.Zero));
        var before = server.Geo.Province("75")!.Kind;

        server.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("Tỉnh", "Thành phố"), (before, server.Geo.Province("75")!.Kind));
    }

    [Fact]
    public void Every_gate_has_a_neighbour_a_province_and_an_honest_grade()
    {
        var gates = Units.Today.Gates;

        Assert.Equal(81, gates.Count);
        Assert.Equal(["Thanh Thủy", "Tân Thanh"], gates.Where(g => g.PositionQuality == "A").Select(g => g.Name).Order(StringComparer.Ordinal));
        Assert.All(gates, g => Assert.True(Units.Today.ProvinceByCode.ContainsKey(g.ProvinceCode), g.Id));
        Assert.All(gates.Where(g => g.CommuneCode.Length > 0), g => Assert.Contains(g.Neighbour, Units.Today.CommuneByCode[g.CommuneCode].Border));
        Assert.Equal(["D"], gates.Where(g => g.Lat is null).Select(g => g.PositionQuality));
    }

    [Fact]
    public void Every_border_and_coastal_commune_belongs_to_a_sector()
    {
        var units = Units.Today;

        var covered = units.Sectors.SelectMany(s => s.Communes).ToHashSet();

        Assert.Empty(units.Communes.Where(c => (c.Border.Count > 0 || c.Coastal) && !covered.Contains(c.Code)).Select(c => c.Name));
        Assert.Equal("Tuyến biên giới Lạng Sơn – Trung Quốc", units.SectorById["LS-CN-1"].Name);
        Assert.Equal(11, units.SectorById["LS-CN-1"].Communes.Count);
        Assert.All(units.Sectors, s => Assert.Null(ChangeSector.Decide(new(s.Id, s.Name, s.NameEn, s.ProvinceCode, s.Neighbour, s.Communes, s.ManagedBy), units)));
    }

    [Theory]
    [InlineData("hoa binh", "Hòa Bình")]
    [InlineData("Hoà Bình", "Hòa Bình")]
    [InlineData("đồng đăng", "Đồng Đăng")]
    [InlineData("dong dang", "Đồng Đăng")]
    [InlineData("06184", "Đồng Đăng")]
    [InlineData("phường hà tiên", "Hà Tiên")]
    public void A_name_is_found_however_it_is_typed(string typed, string name)
    {
        var first = CommuneSearch.Find(Units.Today, typed, null, null, null).First();

        Assert.Equal(NameFold.Toned(name), NameFold.Toned(first.Name));
    }

    [Theory]
    [InlineData("Hòa", "Hoà", true)]
    [InlineData("Thủy", "Thuỷ", true)]
    [InlineData("Hòa", "Hoa", false)]
    [InlineData("Hoá", "Hoà", false)]
    public void Where_the_tone_stands_makes_no_other_name_but_which_tone_does(string one, string other, bool same) =>
        Assert.Equal(same, NameFold.Toned(one) == NameFold.Toned(other));
}
