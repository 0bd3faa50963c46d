using Worcr.Protocol;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>The sizes of the sets. Nobody keeps them: they are counted when somebody asks, not too often and not too far.</summary>
internal sealed class FaktorySets(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _counting = new(1);
    private long _countedAt;
    private bool _isCounted;

    /// <summary>Jobs that wait for their time.</summary>
    public long Scheduled { get; private set; }

    /// <summary>Jobs that wait for their next attempt.</summary>
    public long Retries { get; private set; }

    /// <summary>Jobs that are out of attempts.</summary>
    public long Dead { get; private set; }

    /// <summary>Counts, unless that was done just now.</summary>
    public async Task CountAsync(IDispatcher dispatcher)
    {
        await _counting.WaitAsync();
        try
        {
            if (_isCounted && time.GetElapsedTime(_countedAt) < FaktoryBounds.InfoAge) return;
            Scheduled = await CountAsync(dispatcher, JobState.Scheduled);
            Retries = await CountAsync(dispatcher, JobState.Retry);
            Dead = await CountAsync(dispatcher, JobState.Dead);
            (_countedAt, _isCounted) = (time.GetTimestamp(), true);
        }
        finally
        {
            _counting.Release();
        }
    }

    /// <summary>Whether a job is in the dead set: one without retries is thrown away when it fails, as far as Faktory is concerned.</summary>
    public static bool Has(JobView view) =>
        view.Job.State != JobState.Dead || FaktoryMeta.RetriesOf(FaktoryMeta.Of(view.Job.Id, view.Job.Options.Meta)) is not 0;

    /// <inheritdoc />
    public void Dispose() => _counting.Dispose();

    private static async Task<long> CountAsync(IDispatcher dispatcher, JobState state)
    {
        var count = 0L;
        long? cursor = null;
        for (var page = 0; page < FaktoryBounds.InfoPages; page++)
        {
            var reply = await dispatcher.QueryAsync(new QueryJobsRequest(state, null, null, null, null, WireLimits.PageSize, cursor), CancellationToken.None);
            count += reply.Jobs.Count(Has);
            if (reply.Next is null) break;
            cursor = reply.Next;
        }

        return count;
    }
}
