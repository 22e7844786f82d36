using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Identity;

/// <summary>A row of the audit trail in words; what has none is shown as it stands.</summary>
internal static class AuditWords
{
    public static string Deed(Texts texts, string action) => texts.Has("audit.did." + action) ? texts["audit.did." + action] : action;

    /// <summary>The program acts under a name that no user can have.</summary>
    public static string Person(Texts texts, string name) => name == Actor.System.UserName ? texts["audit.system"] : name;

    /// <summary>Plans that the program made anew say why before they say for what: “Bản mới của tin, bài T-7”; a checksum is cut.</summary>
    public static string Target(Texts texts, string action, string target)
    {
        var ends = target.Split(' ', 2);
        return action switch
        {
            "plan.republish" when texts.Has("publish.cause." + ends[0]) => string.Join(' ', ends.Skip(1).Prepend(texts["publish.cause." + ends[0]])),
            "boundaries.apply" or "boundaries.undo" when texts.Has("geo.boundaries.kind." + ends[0]) => string.Join(' ', ends.Skip(1).Prepend(texts["geo.boundaries.kind." + ends[0]])),
            "session.refuse" when target == "?" => texts["audit.unknown-name"],
            "post.import" => target.Length > 16 ? target[..12] + "…" : target,
            _ => target,
        };
    }
}
