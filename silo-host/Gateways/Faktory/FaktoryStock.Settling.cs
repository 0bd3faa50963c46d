namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>What becomes of jobs that lie here too long, and of those that were handed over.</summary>
internal sealed partial class FaktoryStock
{
    /// <summary>Gives back what was not fetched in time, and extends what was and goes on.</summary>
    private void Settle()
    {
        lock (_lock)
        {
            _isSet = false;
            LeasedJob[] back = _isClosed || _time.GetElapsedTime(_filledAt) >= Rest ? [.. _jobs] : [];
            if (back.Length > 0)
            {
                _ahead = Math.Max(1, (_ahead - back.Length) / 2);
                _jobs.Clear();
            }

            LeaseToken[] extended = _isClosed ? [.. _seen.Values, .. _delivered.Values] : [.. _seen.Values];
            _seen.Clear();
            if (_isClosed) _delivered.Clear();
            (_seen, _delivered) = (_delivered, _seen);
            if (back.Length + extended.Length > 0) _ = SettleAsync(back, extended);
            if (_jobs.Count + _seen.Count > 0) SetTimer();
        }
    }

    private async Task SettleAsync(LeasedJob[] back, LeaseToken[] extended)
    {
        try
        {
            var dispatcher = await _dispatcher();
            var notes = extended.Select(lease => dispatcher.NoteAsync(new NoteRequest.Extend(lease), CancellationToken.None)).ToArray();
            if (back.Length > 0) await dispatcher.ReportAsync(new ReportRequest([.. back.Select(job => new Report(job.Lease, ReportOutcome.Yield))]), CancellationToken.None);
            await Task.WhenAll(notes);
        }
        catch (DispatcherUnavailableException)
        {
            // It starts anew, and takes what was not extended for not delivered: such a job comes back when its worker registers, or after the grace time.
        }
    }
}
