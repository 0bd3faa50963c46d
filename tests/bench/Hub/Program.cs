using Worcr.HubBench;

// codec: the hot messages, read and written by hand and by JsonHubProtocol.
// server / worker: the two ends in processes of their own, so that each one's CPU is seen; `hub` starts both.
return args switch
{
    ["codec"] => CodecBench.Run(),
    ["hub", var slots, var seconds] => await BothEnds.RunAsync(int.Parse(slots), int.Parse(seconds)),
    ["server"] => await ServerEnd.RunAsync(),
    ["worker", var url, var slots, var seconds] => await WorkerEnd.RunAsync(new Uri(url), int.Parse(slots), int.Parse(seconds)),
    ["enqueue", var callers, var seconds] => await EnqueueBench.RunAsync(int.Parse(callers), int.Parse(seconds)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Worcr.HubBench codec | hub SLOTS SECONDS | server | worker URL SLOTS SECONDS | enqueue CALLERS SECONDS");
    return 2;
}
