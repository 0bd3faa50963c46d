namespace Worcr.SiloHost.Commands.Bench.Http;

/// <summary>Threads of a load generator: each does one thing after the other and waits for each.</summary>
public static class BenchThreads
{
    /// <summary>Runs <paramref name="body"/> on so many threads of their own, each with its number; ends when all have ended, with the first error of any.</summary>
    public static Task RunAsync(int count, Action<int> body) => Task.WhenAll(Enumerable.Range(0, count).Select(number => RunOneAsync(() => body(number))));

    private static Task RunOneAsync(Action body)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(Run) { IsBackground = true, Name = "worcr-bench" }.Start();
        return ended.Task;

        void Run()
        {
            try
            {
                body();
                ended.SetResult();
            }
            catch (Exception error)
            {
                ended.SetException(error);
            }
        }
    }
}
