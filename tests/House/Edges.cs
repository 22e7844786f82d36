using System.Text.RegularExpressions;

namespace BorderInfo.Tests.House;

/// <summary>Who may know whom, with the reason.</summary>
public sealed partial class Edges
{
    [Fact]
    public void A_slice_names_only_slices_above_it_and_only_their_public_types()
    {
        var offences =
            from file in House.Files("server", ".cs", ".razor")
            let own = file.Path.Split('/') is [_, var first, _, ..] ? first : "Program"
            where House.Slices.Contains(own)
            from Match named in Named().Matches(file.Text)
            let other = named.Groups[1].Value
            where other != own && House.Slices.Contains(other) && other != "Platform"
            where Above(own, other) is false || !named.Groups[2].Value.StartsWith(".Public", StringComparison.Ordinal)
            where !Allowed(own, other)
            select $"{file.Path}: {named.Value}";

        House.Empty(offences, "A slice may name only slices above it, and only their Public types (house of folders, README of server):");
    }

    [Theory]
    [InlineData("agent/Contract", "BorderInfo.Mqtt|BorderInfo.Agent|BorderInfo.Server", "the contract knows nobody")]
    [InlineData("agent/Mqtt", "BorderInfo.Contract|BorderInfo.Agent|BorderInfo.Server", "the MQTT client knows nobody")]
    [InlineData("agent/Host", "BorderInfo.Server", "the site never knows the server's insides")]
    [InlineData("server", "BorderInfo.Agent", "the server knows the contract, not the agent")]
    public void Projects_know_only_what_they_may(string folder, string forbidden, string reason)
    {
        var pattern = new Regex($@"\b({forbidden.Replace(".", @"\.")})\b");

        var offences = House.Files(folder, ".cs", ".razor", ".csproj").Where(f => pattern.IsMatch(f.Text)).Select(f => f.Path);

        House.Empty(offences, reason);
    }

    [Theory]
    [InlineData(@"\bBorderInfo\.Mqtt\b", "server", "server/Messaging/", "MQTT has one door in the server")]
    [InlineData(@"\bBorderInfo\.Mqtt\b", "agent/Host", "agent/Host/Link/|agent/Host/Program.cs|agent/Host/Service/", "MQTT has one door in the agent")]
    [InlineData(@"\bProcess\.Start\(|new ProcessStartInfo\b", "server", "server/Content/Transcode/|server/Messaging/Broker/", "processes have one door a world")]
    [InlineData(@"\bProcess\.Start\(|new ProcessStartInfo\b", "agent/Host", "agent/Host/Play/", "processes have one door in the agent")]
    [InlineData(@"FromSql|ExecuteSql|CommandText", "server", "server/Platform/Database/|Tables.cs", "SQL has one door in the server")]
    public void The_outside_world_has_one_door_each(string pattern, string folder, string doors, string reason)
    {
        var offences = House.Files(folder, ".cs")
            .Where(f => !doors.Split('|').Any(d => f.Path.Contains(d, StringComparison.Ordinal)) && Regex.IsMatch(f.Text, pattern))
            .Select(f => f.Path);

        House.Empty(offences, reason);
    }

    private static bool? Above(string own, string other) => House.Slices.ToList().IndexOf(other) < House.Slices.ToList().IndexOf(own);

    /// <summary>Edges that break the rule on purpose, each with its reason.</summary>
    private static bool Allowed(string own, string other) => (own, other) switch
    {
        // A user's areas are shown in words; the catalogue of units is asked for and may be absent.
        ("Identity", "Geo") => true,
        _ => false,
    };

    [GeneratedRegex(@"BorderInfo\.Server\.([A-Z][A-Za-z]+)((?:\.[A-Z][A-Za-z]+)*)")]
    private static partial Regex Named();
}
