using Worcr.Protocol;
using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Hosting;

/// <summary><c>/healthz</c> (the process serves) and <c>/readyz</c> (it should get traffic).</summary>
internal sealed class HealthEndpoints(Shutdown shutdown, IEnumerable<IReadinessCheck> checks, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Always well, as long as it can answer.</summary>
    public static Task AliveAsync(HttpContext context) => SayAsync(context, "ok\n");

    /// <summary>Asks every check at once.</summary>
    public async Task ReadyAsync(HttpContext context)
    {
        if (shutdown.IsDraining)
        {
            await Answers.FailAsync(context, new Fault(ErrorCodes.Draining, "The silo is draining."));
            return;
        }

        var findings = await Task.WhenAll(checks.Select(c => FindAsync(c, context.RequestAborted)));
        var problems = findings.Where(f => f is not null).ToList();
        if (problems.Count > 0) await Answers.FailAsync(context, new Fault(ErrorCodes.Unavailable, string.Join("; ", problems)));
        else await SayAsync(context, "ready\n");
    }

    private static Task SayAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    private async Task<string?> FindAsync(IReadinessCheck check, CancellationToken gone)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, gone);
        try
        {
            var problem = await check.CheckAsync(either.Token).WaitAsync(either.Token);
            return problem is null ? null : $"{check.Name}: {problem}";
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return $"{check.Name}: no answer within {Patience.TotalSeconds} s";
        }
    }
}
