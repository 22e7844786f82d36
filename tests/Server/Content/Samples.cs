namespace BorderInfo.Tests.Server.Content;

/// <summary>Sample texts for layout only; the ethnic and neighbour languages have not been read by a native speaker.</summary>
internal static class Samples
{
    public static readonly IReadOnlyDictionary<string, string> ByLanguage = new Dictionary<string, string>
    {
        ["vi"] = "Cửa khẩu quốc tế\nChào mừng quý khách đến với Việt Nam. Đề nghị xuất trình hộ chiếu hoặc giấy thông hành còn hiệu lực. Không mang hàng cấm, hàng lậu qua biên giới.",
        ["zh-Hans"] = "国际口岸\n欢迎您来到越南。请出示有效护照或边境通行证。禁止携带违禁品和走私货物过境。请遵守边境管理规定。",
        ["en"] = "International border gate\nWelcome to Viet Nam. Please show a valid passport or border pass. Do not carry prohibited or smuggled goods across the border.",
        ["km"] = "ច្រកទ្វារព្រំដែនអន្តរជាតិ\nសូមស្វាគមន៍មកកាន់ច្រកទ្វារព្រំដែន។ សូមបង្ហាញលិខិតឆ្លងដែនដែលមានសុពលភាព។ ហាមយកទំនិញខុសច្បាប់ឆ្លងកាត់ព្រំដែន។",
        ["lo"] = "ດ່ານສາກົນ\nຍິນດີຕ້ອນຮັບສູ່ດ່ານຊາຍແດນ. ກະລຸນາສະແດງໜັງສືຜ່ານແດນທີ່ຍັງບໍ່ໝົດອາຍຸ. ຫ້າມນຳສິນຄ້າຜິດກົດໝາຍຜ່ານຊາຍແດນ.",
        ["jra"] = "Bah jang dêh čar\nRơkâo kơ ƀing ta hrŏm hơbĭt pơgang dêh čar. Ƀing gih pơƀuh hră mơ̆ng dêh čar ƀơi anih anai. Ăt khua mua djru ñu, ơ̆ ư̆ ê̆ ô̆ ƀ č ñ.",
    };
}
