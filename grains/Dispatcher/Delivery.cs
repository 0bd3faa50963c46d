namespace Worcr.Grains;

/// <summary>Answers on their way to their callers. Few are delivered by the thread that has them; many are shared with other threads, so that nobody waits for the work of many others.</summary>
internal sealed class Delivery : IThreadPoolWorkItem
{
    /// <summary>So many answers are delivered by one thread.</summary>
    public const int Share = 16;

    [ThreadStatic]
    private static bool _isDelivering;

    private readonly IReadOnlyList<IAnswered> _answers;
    private readonly int _from;
    private readonly int _to;

    private Delivery(IReadOnlyList<IAnswered> answers, int from, int to) => (_answers, _from, _to) = (answers, from, to);

    /// <summary>Whether this thread delivers: what its callers ask for is another thread's turn, or they would go on inside each other without end.</summary>
    public static bool IsUnderWay => _isDelivering;

    /// <summary>Delivers.</summary>
    public static void Of(IReadOnlyList<IAnswered> answers)
    {
        var end = answers.Count;
        for (; end > Share; end -= Share) ThreadPool.UnsafeQueueUserWorkItem(new Delivery(answers, end - Share, end), preferLocal: false);
        new Delivery(answers, 0, end).Execute();
    }

    /// <inheritdoc />
    public void Execute()
    {
        _isDelivering = true;
        try
        {
            for (var i = _from; i < _to; i++) _answers[i].Deliver();
        }
        finally
        {
            _isDelivering = false;
        }
    }
}
