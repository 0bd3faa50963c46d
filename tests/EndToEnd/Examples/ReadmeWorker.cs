namespace Worcr.EndToEnd.Examples;

/// <summary>The .NET worker that the README shows.</summary>
internal static class ReadmeWorker
{
    public static void AddTo(PointedServices services)
    {
        services.AddWorcrWorker(w =>
        {
            w.Slots = 50;
            w.Handle<EmailArgs, Sent>("email.send", async (args, job) => new Sent(await SendAsync(args, job.CancellationToken)));
        });
    }

    private static Task<string> SendAsync(EmailArgs args, CancellationToken cancel) => Task.FromResult(args.To).WaitAsync(cancel);
}
