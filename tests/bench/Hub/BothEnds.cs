using System.Diagnostics;
using System.Globalization;

namespace Worcr.HubBench;

/// <summary>Starts both ends and prints what a job costs each.</summary>
internal static class BothEnds
{
    public static async Task<int> RunAsync(int slots, int seconds)
    {
        using var server = Start("server");
        var url = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        using var worker = Start("worker", url, slots.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture));
        await Pause.For(TimeSpan.FromSeconds(3));
        var first = await AskAsync(server);
        await worker.WaitForExitAsync();
        var last = await AskAsync(server);
        var figures = (await worker.StandardOutput.ReadToEndAsync()).Trim().Split(' ');
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{slots} slots: {figures[0]} jobs/s; CPU a job: worker {figures[1]} us, gateway and fake dispatcher {(last.Cpu - first.Cpu) / (last.Jobs - first.Jobs):F2} us"));
        server.StandardInput.Close();
        await server.WaitForExitAsync();
        return 0;
    }

    private static async Task<(double Jobs, double Cpu)> AskAsync(Process server)
    {
        await server.StandardInput.WriteLineAsync();
        await server.StandardInput.FlushAsync();
        var line = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server ended.");
        var parts = line.Split(' ');
        return (double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var arg in args) start.ArgumentList.Add(arg);
        return Process.Start(start) ?? throw new InvalidOperationException("The process did not start.");
    }
}
