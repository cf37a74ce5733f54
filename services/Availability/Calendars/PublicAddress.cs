using System.Net;
using System.Net.Sockets;

namespace Availability;

/// <summary>
/// Which addresses a stranger may have us connect to: those of single machines on the public internet. Not loopback, private, link-local, shared,
/// reserved, multicast or metadata addresses, nor any that carries an IPv4 address inside (mapped, compatible, 6to4, Teredo, NAT64).
/// From IANA's registries of special-purpose addresses.
/// </summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Looks public, and is the inner side of a large cloud.
            "168.63.129.16/32",
            // Protocol assignments with Teredo in them, documentation, 6to4, and documentation again.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>All that has been given out for machines; what is beside it is special in one way or another.</summary>
    private static readonly IPNetwork GivenOut = IPNetwork.Parse("2000::/3");

    public static bool Is(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork || (!address.IsIPv4MappedToIPv6 && GivenOut.Contains(address))) && !Array.Exists(NotPublic, n => n.Contains(address));
}
