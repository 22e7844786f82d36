using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Service;

/// <summary>The words of <c>plan why</c>, Vietnamese and English.</summary>
internal static class WhyWords
{
    public static string Of(WhyRule rule) => rule switch
    {
        WhyRule.Due => "đến giờ / due",
        WhyRule.Tier => "cấp cao nhất / highest tier",
        WhyRule.Number => "số thứ tự nhỏ nhất / smallest number",
        WhyRule.Target => "phạm vi hẹp nhất / narrowest target",
        WhyRule.OneOff => "lịch một lần trước lịch lặp / one-off before recurring",
        WhyRule.Pace => "còn phần thời lượng, số lần và khoảng cách / share, plays and gap allow",
        WhyRule.Rotation => "luân phiên / rotation",
        WhyRule.Queue => "chờ loa / queue of the loudspeaker",
        WhyRule.EndsFirst => "phát hết nội dung đang phát / the item on screen ends first",
        WhyRule.QuietHours => "giờ yên tĩnh / quiet hours",
        _ => "không có lịch nào đến giờ / nothing is due",
    };

    public static string Of(WhyStanding standing) => standing switch
    {
        WhyStanding.OnAir => "đang phát / on air",
        WhyStanding.InTurn => "chờ đến lượt / its turn comes",
        WhyStanding.EndsFirst => "chờ nội dung đang phát kết thúc / waits for the item on screen to end",
        WhyStanding.QuietHours => "giờ yên tĩnh / silenced by quiet hours",
        WhyStanding.LowerTier => "cấp thấp hơn / lower tier",
        WhyStanding.LargerNumber => "số thứ tự lớn hơn / larger number",
        WhyStanding.WiderTarget => "phạm vi rộng hơn / wider target",
        WhyStanding.Recurring => "lịch lặp nhường lịch một lần / recurring yields to the one-off",
        WhyStanding.BetweenCalls => "đã đọc, chờ lần sau / said, waits for its next call",
        WhyStanding.ShareGiven => "đã đủ phần thời lượng trong giờ này / has had its share of the hour so far",
        WhyStanding.Paused => "đủ số lần phát hoặc chưa hết khoảng cách / plays of the hour reached or gap not over",
        WhyStanding.Remainder => "phần còn lại của khung chương trình quá ngắn / the rest of the slot is too short",
        WhyStanding.NoItem => "không có nội dung phát được / no item may be shown",
        WhyStanding.NotPublished => "chưa phát hành / not published yet",
        WhyStanding.BeforeItsDays => "chưa đến ngày đầu / before its first day",
        WhyStanding.AfterItsDays => "đã qua ngày cuối / after its last day",
        WhyStanding.NotThisWeekday => "không phải thứ trong tuần của lịch / not this weekday",
        WhyStanding.NotByItsRule => "không phải ngày theo quy tắc / not a day of its rule",
        WhyStanding.Excluded => "lần phát này đã bị loại trừ / this occurrence was excluded",
        WhyStanding.NotSpoken => "chờ loa đọc / waits for its loudspeaker to say it",
        _ => "ngoài khung giờ / outside its windows",
    };

    public static string Of(WhyItemStanding standing) => standing switch
    {
        WhyItemStanding.NotYet => "chưa có hiệu lực / not in force yet",
        WhyItemStanding.Expired => "hết hiệu lực / expired",
        WhyItemStanding.OutsideItsTimes => "ngoài khung giờ của tin, bài / outside its times",
        WhyItemStanding.Stopped => "đang tạm dừng theo chủ đề / its theme is stopped",
        WhyItemStanding.CapReached => "đủ số lần phát trong giờ / has begun as often as it may this hour",
        WhyItemStanding.GapNotOver => "chưa hết khoảng cách tối thiểu / its least gap is not over",
        WhyItemStanding.TooLong => "dài hơn phần còn lại của khung chương trình / would run over the next slot",
        WhyItemStanding.LanguageMissing => "thiếu ngôn ngữ bắt buộc / lacks a required language",
        WhyItemStanding.NoPartHere => "không có bản phát cho thiết bị này / has no part for this output",
        _ => "còn hiệu lực / in force",
    };
}
