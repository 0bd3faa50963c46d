using Worcr.Grains;
using Worcr.SiloHost.Gateways.Push;

namespace Worcr.Unit.Gateways.Push;

/// <summary>An endpoint that is away is left alone, then tried.</summary>
public sealed class EndpointCircuitTests
{
    private const long Start = 1_780_000_000_000;
    private static readonly PushOutcome Good = PushOutcome.Done(null);
    private static readonly PushOutcome Bad = PushOutcome.Failed(PushSignal.Trouble, PushOutcome.Unreachable, "");
    private static readonly PushOutcome Unclear = PushOutcome.Failed(PushSignal.None, PushOutcome.Timeout, "");

    private readonly EndpointCircuit _circuit = new(new Middle());
    private long _now = Start;

    [Fact]
    public void It_rests_after_three_failures_in_a_row()
    {
        Note(Bad, Bad, Good, Bad, Bad, Unclear);
        State.ShouldBe(EndpointState.Open);
        Note(Bad);
        _circuit.At(_now).ShouldBe((EndpointState.Resting, Start + 1_000));
        _now = Start + 999;
        State.ShouldBe(EndpointState.Resting);
        _now = Start + 1_000;
        _circuit.At(_now).ShouldBe((EndpointState.Trying, 0));
        _circuit.Rests.ShouldBe(1);
    }

    [Fact]
    public void Each_try_that_fails_doubles_the_rest_up_to_a_minute()
    {
        Note(Bad, Bad, Bad);
        long[] rests = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000];
        foreach (var rest in rests)
        {
            _circuit.At(_now).ShouldBe((EndpointState.Resting, _now + rest));
            _now += rest;
            State.ShouldBe(EndpointState.Trying);
            Note(Bad);
        }
    }

    [Fact]
    public void A_try_that_is_answered_opens_it_and_forgets()
    {
        Note(Bad, Bad, Bad);
        _now += 1_000;
        State.ShouldBe(EndpointState.Trying);
        Note(Unclear);
        State.ShouldBe(EndpointState.Trying);
        Note(Good);
        State.ShouldBe(EndpointState.Open);
        Note(Bad, Bad);
        State.ShouldBe(EndpointState.Open);
        Note(Bad);
        _circuit.At(_now).RestsUntil.ShouldBe(_now + 1_000);
    }

    [Fact]
    public void What_was_sent_before_the_rest_says_nothing_of_it()
    {
        Note(Bad, Bad, Bad);
        Note(Bad, Bad, Good);
        _circuit.At(_now).ShouldBe((EndpointState.Resting, Start + 1_000));
    }

    [Fact]
    public void It_rests_as_long_as_it_asks_for_an_hour_at_most()
    {
        Note(Bad with { RestMs = 5_000 });
        _circuit.At(_now).ShouldBe((EndpointState.Resting, Start + 5_000));
        Note(Bad with { RestMs = 2_000 });
        _circuit.At(_now).RestsUntil.ShouldBe(Start + 5_000);
        Note(Bad with { RestMs = 86_400_000 });
        _circuit.At(_now).RestsUntil.ShouldBe(Start + 3_600_000);
        _now = Start + 3_600_000;
        State.ShouldBe(EndpointState.Trying);
    }

    private EndpointState State => _circuit.At(_now).State;

    private void Note(params PushOutcome[] outcomes)
    {
        foreach (var outcome in outcomes) _circuit.Note(outcome, _now);
    }

    /// <summary>No spread.</summary>
    private sealed class Middle : Random
    {
        public override double NextDouble() => 0.5;
    }
}
