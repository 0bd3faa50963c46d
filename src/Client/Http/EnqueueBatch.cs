using System.Buffers;
using Worcr.Protocol;

namespace Worcr.Client.Http;

/// <summary>Jobs that go in one request: their JSON one after another, and who waits for each.</summary>
internal sealed class EnqueueBatch : IDisposable
{
    private const int MostBytes = WireLimits.BodyBytes / 2;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private readonly List<(int From, TaskCompletionSource<EnqueuedJob>? Caller)> _jobs = [];
    private int _length = 1;

    public EnqueueBatch() => _bytes[0] = (byte)'[';

    /// <summary>How many jobs.</summary>
    public int Count => _jobs.Count;

    /// <summary>The body: an array of all jobs. The last comma makes room for the bracket.</summary>
    public ReadOnlyMemory<byte> Body
    {
        get
        {
            _bytes[_length - 1] = (byte)']';
            return _bytes.AsMemory(0, _length);
        }
    }

    /// <summary>Whether a job of this size still fits.</summary>
    public bool Fits(int bytes, int most) => _jobs.Count == 0 || (_jobs.Count < most && _length + bytes + 1 <= MostBytes);

    /// <summary>Adds a job.</summary>
    public void Add(ReadOnlySpan<byte> json, TaskCompletionSource<EnqueuedJob>? caller)
    {
        var needed = _length + json.Length + 1;
        if (needed > _bytes.Length) Grow(needed);
        _jobs.Add((_length, caller));
        json.CopyTo(_bytes.AsSpan(_length));
        _length += json.Length;
        _bytes[_length++] = (byte)',';
    }

    /// <summary>Answers every caller.</summary>
    public void Answer(IReadOnlyList<EnqueuedJob> answers)
    {
        for (var i = 0; i < _jobs.Count; i++) _jobs[i].Caller?.TrySetResult(answers[i]);
    }

    /// <summary>Fails every caller.</summary>
    public void Fail(Exception error)
    {
        foreach (var (_, caller) in _jobs) caller?.TrySetException(error);
    }

    /// <summary>Fails one caller.</summary>
    public void Fail(int index, Exception error) => _jobs[index].Caller?.TrySetException(error);

    /// <summary>Those jobs whose index is wanted, as a batch of their own.</summary>
    public EnqueueBatch Part(Func<int, bool> wanted)
    {
        var part = new EnqueueBatch();
        for (var i = 0; i < _jobs.Count; i++)
        {
            var end = (i + 1 < _jobs.Count ? _jobs[i + 1].From : _length) - 1;
            if (wanted(i)) part.Add(_bytes.AsSpan(_jobs[i].From, end - _jobs[i].From), _jobs[i].Caller);
        }

        return part;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Grow(int needed)
    {
        var more = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _bytes.Length * 2));
        _bytes.AsSpan(0, _length).CopyTo(more);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = more;
    }
}
