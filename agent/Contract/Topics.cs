namespace BorderInfo.Contract;

/// <summary>The MQTT tree. The site stands before the direction, so two ACL lines are enough. A topic is read by counting its segments, never joined as a path.</summary>
public static class Topics
{
    public const string AllUplinks = "bi/v1/s/+/up/#";

    public static string State(SiteId site) => $"bi/v1/s/{site}/up/state";

    public static string Health(SiteId site) => $"bi/v1/s/{site}/up/health";

    public static string Events(SiteId site) => $"bi/v1/s/{site}/up/event";

    public static string Plays(SiteId site) => $"bi/v1/s/{site}/up/play";

    public static string Answers(SiteId site) => $"bi/v1/s/{site}/up/answer";

    public static string Plan(SiteId site) => $"bi/v1/s/{site}/dn/plan";

    public static string Commands(SiteId site) => $"bi/v1/s/{site}/dn/command";

    public static string Acks(SiteId site) => $"bi/v1/s/{site}/dn/ack";

    public static string Pulse(SiteId site) => $"bi/v1/s/{site}/dn/pulse";

    public static string AllDownlinks(SiteId site) => $"bi/v1/s/{site}/dn/+";

    /// <summary>Site and last word of an uplink topic; false for anything else.</summary>
    public static bool TryUplink(string topic, out SiteId site, out string word)
    {
        site = default;
        word = "";
        var parts = topic.Split('/');
        if (parts is not ["bi", "v1", "s", _, "up", _] || !SiteId.TryParse(parts[3], out site))
            return false;
        word = parts[5];
        return word is "state" or "health" or "event" or "play" or "answer";
    }
}
