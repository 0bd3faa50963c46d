namespace Worcr.Grains;

/// <summary>An envelope whose reply somebody awaits.</summary>
/// <param name="request">The request message.</param>
/// <param name="cancel">The caller has gone when this is cancelled.</param>
/// <param name="answers">Where the answer waits for the end of the turn, which then wakes the caller on its own thread; null: the caller is woken at once, on another thread.</param>
public sealed class EnvelopeOf<TReply>(object request, CancellationToken cancel, TurnAnswers? answers = null) : Envelope(request, cancel), IAnswered
{
    private readonly TaskCompletionSource<TReply> _reply = new(answers is null ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None);
    private object? _answer;

    /// <summary>The reply.</summary>
    public Task<TReply> Task => _reply.Task;

    /// <inheritdoc />
    public override void Reply(object reply) => Answer(reply);

    /// <inheritdoc />
    public override void Fail(Exception error) => Answer(error);

    /// <inheritdoc />
    public void Deliver()
    {
        if (_answer is Exception error) _reply.TrySetException(error);
        else if (_answer is { } reply) _reply.TrySetResult((TReply)reply);
    }

    private void Answer(object answer)
    {
        if (_answer is not null) return;
        _answer = answer;
        if (answers is null) Deliver();
        else answers.Add(this);
    }
}
