using Worcr.Core.Rules;
using Worcr.SiloHost.Outgoing;

namespace Worcr.SiloHost.Gateways.Push;

/// <summary>Sends jobs to endpoints and reads their answers.</summary>
internal sealed class PushCaller(OutgoingHttp http, PublicAddress address, TimeProvider time)
{
    /// <summary>Sends a job. What goes wrong is an outcome.</summary>
    /// <param name="space">The job's namespace.</param>
    /// <param name="endpoint">Where to.</param>
    /// <param name="job">What.</param>
    /// <param name="aborted">Nobody waits for the answer any more.</param>
    public async Task<PushOutcome> CallAsync(string space, EndpointRule endpoint, LeasedJob job, CancellationToken aborted)
    {
        var limitMs = Math.Min(endpoint.TimeoutMs, job.TimeoutMs);
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(limitMs), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, aborted);
        try
        {
            using var request = new PushMessage($"{address.Url}/v1/ns/{space}", job, time.GetUtcNow()).For(endpoint);
            using var answer = await http.SendAsync(request, either.Token);
            return await PushAnswer.ReadAsync(answer, time.GetUtcNow(), either.Token);
        }
        catch (Exception) when (aborted.IsCancellationRequested)
        {
            return PushOutcome.Aborted;
        }
        catch (Exception) when (limit.IsCancellationRequested)
        {
            return PushOutcome.Failed(PushSignal.None, PushOutcome.Timeout, $"The endpoint gave no answer within {limitMs} ms.");
        }
        catch (HttpRequestException error)
        {
            return Explain(error);
        }
        catch (IOException error)
        {
            return PushOutcome.Failed(PushSignal.Trouble, PushOutcome.Unreachable, $"The answer broke off: {error.Message}");
        }
    }

    private static PushOutcome Explain(HttpRequestException error) => error switch
    {
        { InnerException: RefusedAddressException refused } => PushOutcome.Failed(PushSignal.Trouble, PushOutcome.RefusedAddress, refused.Message),
        { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse } =>
            PushOutcome.Failed(PushSignal.Alive, PushOutcome.BadAnswer, $"The answer cannot be understood: {error.Message}"),
        _ => PushOutcome.Failed(PushSignal.Trouble, PushOutcome.Unreachable, $"The endpoint could not be reached: {error.InnerException?.Message ?? error.Message}"),
    };
}
