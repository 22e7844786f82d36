using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Calendars;

/// <summary>Sets of the twelve branches (địa chi) that number days, for market days. Tý is <see cref="Ty"/>, Tỵ is <see cref="Ti"/>.</summary>
[JsonConverter(typeof(StrictWords<Branches>))]
[Flags]
public enum Branches
{
    None = 0,
    Ty = 1,
    Suu = 2,
    Dan = 4,
    Mao = 8,
    Thin = 16,
    Ti = 32,
    Ngo = 64,
    Mui = 128,
    Than = 256,
    Dau = 512,
    Tuat = 1024,
    Hoi = 2048,
    All = 4095,
}
