namespace Worcr.Grains;

/// <summary>
/// What a turn has answered. It is delivered after the turn, by the thread that took it: waking a thread for each caller costs more than what most callers do with
/// their answer, and while callers go on, another thread may take the next turn. Written and taken inside turns only, so by one thread at a time.
/// </summary>
public sealed class TurnAnswers
{
    private List<IAnswered> _waiting = [];

    /// <summary>Adds a call that is answered.</summary>
    public void Add(IAnswered call) => _waiting.Add(call);

    /// <summary>Takes all; null when there are none.</summary>
    public IReadOnlyList<IAnswered>? Take()
    {
        if (_waiting.Count == 0) return null;
        var answers = _waiting;
        _waiting = [];
        return answers;
    }
}
