using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Plans;

[JsonConverter(typeof(StrictWords<Weekdays>))]
[Flags]
public enum Weekdays
{
    None = 0,
    Monday = 1,
    Tuesday = 2,
    Wednesday = 4,
    Thursday = 8,
    Friday = 16,
    Saturday = 32,
    Sunday = 64,
    All = 127,
}
