namespace Worcr.SiloHost.Gateways.Push;

/// <summary>
/// How much an endpoint is sent:
/// <code>
///   open --3 times in a row no answer--> resting --time is over--> trying --an answer--> open
///   open --"later" (Retry-After)-------> resting                   trying --none--> resting, twice as long
/// </code>
/// It decides about slots, so that the dispatcher leases nothing that would only be given back.
/// </summary>
/// <param name="chance">Spreads the ends of rests.</param>
internal sealed class EndpointCircuit(Random chance)
{
    private const int Patience = 3;
    private const long FirstRestMs = 1_000;
    private const long LastRestMs = 60_000;
    private const long LongestRestMs = 3_600_000; // also when it asks for more
    private const double Spread = 0.2;

    private readonly Lock _gate = new();
    private EndpointState _state = EndpointState.Open;
    private int _failures;
    private long _restMs;
    private long _restsUntil;

    /// <summary>How often it began to rest.</summary>
    public long Rests { get; private set; }

    /// <summary>Where it stands, and until when it rests (0: it does not).</summary>
    public (EndpointState State, long RestsUntil) At(long now)
    {
        lock (_gate)
        {
            if (_state == EndpointState.Resting && now >= _restsUntil) _state = EndpointState.Trying;
            return (_state, _state == EndpointState.Resting ? _restsUntil : 0);
        }
    }

    /// <summary>What a request said about the endpoint.</summary>
    public void Note(PushOutcome outcome, long now)
    {
        lock (_gate)
        {
            if (outcome.RestMs > 0) Rest(now + Math.Min(outcome.RestMs, LongestRestMs));
            else if (_state == EndpointState.Resting) return; // an older request: it says nothing of now
            else if (outcome.Signal == PushSignal.Alive) Open();
            else if (outcome.Signal == PushSignal.Trouble) Fail(now);
        }
    }

    private void Open() => (_state, _failures, _restMs) = (EndpointState.Open, 0, 0);

    private void Fail(long now)
    {
        _failures++;
        if (_state == EndpointState.Open && _failures < Patience) return;
        _restMs = Math.Clamp(_restMs * 2, FirstRestMs, LastRestMs);
        Rest(now + (long)(_restMs * (1 - Spread + (2 * Spread * chance.NextDouble()))));
    }

    private void Rest(long until)
    {
        if (_state != EndpointState.Resting) Rests++;
        _restsUntil = _state == EndpointState.Resting ? Math.Max(_restsUntil, until) : until;
        _state = EndpointState.Resting;
    }
}
