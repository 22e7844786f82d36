using System.Net;
using System.Net.Sockets;

namespace BorderInfo.Server.Platform.Machine;

/// <summary>A network address as it is counted against somebody.</summary>
internal static class CallerAddress
{
    /// <summary>An IPv6 caller has a whole /64 and counts as one; an IPv4 address inside IPv6 is the IPv4 address. Empty for none.</summary>
    public static string Counted(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
