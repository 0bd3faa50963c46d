using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Worcr.Grains;
using Worcr.SiloHost.Gateways;
using Worcr.Unit.Gateways;

namespace Worcr.HubBench;

/// <summary>The gateways over a dispatcher without a store and without end. Prints its address; answers each line of stdin with its CPU time.</summary>
internal static class ServerEnd
{
    public static async Task<int> RunAsync()
    {
        var dispatcher = new FakeDispatcher { Endless = new LaneShape("bench", "tenant-42", "default", ["premium"], 1, 0, null), IsKeepingRecords = false };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IDispatchers>(dispatcher);
        builder.Services.AddWorcrGateways();
        await using var app = builder.Build();
        app.MapWorcrGateways();
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        using var self = Process.GetCurrentProcess();
        while (await Console.In.ReadLineAsync() is not null)
        {
            self.Refresh();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{dispatcher.Completed} {self.TotalProcessorTime.TotalMicroseconds}"));
        }

        return 0;
    }
}
