using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Gateways.Push;

/// <summary>Where endpoints reach this silo; known once it serves.</summary>
internal sealed class PublicAddress(SiloOptions options, IServer server)
{
    /// <summary>Without a slash at its end.</summary>
    public string Url => (options.Advertise ?? server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).TrimEnd('/');
}
