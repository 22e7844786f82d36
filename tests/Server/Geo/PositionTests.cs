using BorderInfo.Server.Geo;

namespace BorderInfo.Tests.Server.Geo;

/// <summary>Numbers as people write them, and the two datums.</summary>
public sealed class PositionTests
{
    [Theory]
    [InlineData("21.9728, 106.7099", 21.9728, 106.7099)]
    [InlineData("21.9728 106.7099", 21.9728, 106.7099)]
    [InlineData("21,9728; 106,7099", 21.9728, 106.7099)]
    [InlineData("21,9728 106,7099", 21.9728, 106.7099)]
    [InlineData("21°58'22\"B 106°42'36\"Đ", 21.972778, 106.71)]
    [InlineData("106°42'36\"Đ, 21°58'22\"B", 21.972778, 106.71)]
    [InlineData("21°58′22″N, 106°42′36″E", 21.972778, 106.71)]
    [InlineData("N 21 58.37 E 106 42.6", 21.972833, 106.71)]
    [InlineData("B 21°58'22,5\" Đ 106°42'36\"", 21.972917, 106.71)]
    [InlineData("Vĩ độ: 21°58'22\"B; Kinh độ: 106°42'36\"Đ", 21.972778, 106.71)]
    [InlineData("21°58'22\" 106°42'36\"", 21.972778, 106.71)]
    [InlineData("(21.9728, 106.7099)", 21.9728, 106.7099)]
    public void A_position_is_read_as_people_write_it(string text, double lat, double lon)
    {
        var read = ReadPosition.From(text);

        Assert.Null(read.Why);
        Assert.Equal(lat, read.Value.Lat, 5);
        Assert.Equal(lon, read.Value.Lon, 5);
    }

    [Theory]
    [InlineData("", "geo.position-unreadable")]
    [InlineData("Đồng Đăng", "geo.position-unreadable")]
    [InlineData("21.9728", "geo.position-unreadable")]
    [InlineData("21.9.728, 106.7", "geo.position-unreadable")]
    [InlineData("21°58'22\"B 21°58'22\"B", "geo.position-unreadable")]
    [InlineData("21°75'22\"B 106°42'36\"Đ", "geo.minutes-seconds")]
    [InlineData("106.7099, 21.9728", "geo.position-swapped")]
    [InlineData("-21.9728, 106.7099", "geo.position-outside")]
    [InlineData("48.85, 2.35", "geo.position-outside")]
    [InlineData("210.5, 106.7", "geo.position-not-on-earth")]
    public void What_is_no_position_in_Viet_Nam_is_refused_with_the_reason(string text, string why) => Assert.Equal(why, ReadPosition.From(text).Why?.Code);

    [Theory]
    [InlineData(double.NaN, 106.7)]
    [InlineData(21.9, double.PositiveInfinity)]
    public void What_is_no_number_is_refused(double lat, double lon) => Assert.Equal("geo.position-nan", PositionRules.Refuse(lat, lon)?.Code);

    [Fact]
    public void A_swapped_position_is_given_back_the_right_way_round() => Assert.Equal(["21.9728", "106.7099"], PositionRules.Refuse(106.7099, 21.9728)!.With);

    [Theory]
    [InlineData(21.97277, 106.70993)]
    [InlineData(22.50786, 103.96616)]
    [InlineData(16.613, 106.58561)]
    [InlineData(10.41594, 104.44687)]
    public void VN_2000_lies_222_to_226_metres_from_WGS_84(double lat, double lon)
    {
        var moved = Vn2000.ToWgs84(lat, lon);

        Assert.InRange(Earth.Metres(lat, lon, moved.Lat, moved.Lon), 222, 226);
    }

    [Fact]
    public void There_and_back_is_the_same_place()
    {
        var (lat, lon) = Vn2000.FromWgs84(21.97277, 106.70993);

        var back = Vn2000.ToWgs84(lat, lon);

        Assert.InRange(Earth.Metres(21.97277, 106.70993, back.Lat, back.Lon), 0, 0.01);
    }

    [Fact]
    public void A_text_in_VN_2000_is_answered_in_WGS_84()
    {
        var read = ReadPosition.From("21°58'22\"B 106°42'36\"Đ", vn2000: true).Value;

        Assert.InRange(Earth.Metres(21.972778, 106.71, read.Lat, read.Lon), 223, 226);
    }
}
