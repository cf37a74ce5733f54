using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;

namespace Platform;

/// <summary>Where a caller is on the network, for limits; never logged and never stored as it is.</summary>
public static class Addresses
{
    /// <summary>The caller's network: an IPv4 address, or the /64 that one household or machine has of IPv6.</summary>
    public static string Network(this HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        if (address is null)
            return "none";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? $"{new IPAddress([.. address.GetAddressBytes()[..8], 0, 0, 0, 0, 0, 0, 0, 0])}/64"
            : address.ToString();
    }

    /// <summary>
    /// Believes <c>X-Forwarded-For</c> of the door and of Web, one step back, when they call from this machine or from a network in
    /// <c>TRUSTED_PROXIES</c> (comma-separated CIDR); anybody else's is passed over.
    /// </summary>
    internal static void UseCallersAddress(this WebApplication app)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = 1 };
        foreach (var network in app.Configuration["TRUSTED_PROXIES"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        app.UseForwardedHeaders(options);
    }
}
