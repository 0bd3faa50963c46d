using Worcr.Core.Limits;

namespace Worcr.Unit.Core.Limits;

/// <summary>A bucket beside its model: everything is done to both, and after every step they are compared.</summary>
internal sealed class LimitPair(LimitSpec spec, long now)
{
    private LimitModel _model = new(spec);
    private LimitBucket _bucket = LimitBucket.Create(spec);

    public long Now { get; private set; } = now;

    /// <summary>Does what the number says: how long to wait, what to do, how much.</summary>
    public void Step(uint number)
    {
        var pause = (number >> 8) % 4 == 0 ? 0 : (number >> 10) % (Math.Max(1, _model.Spec.PeriodMs) / (1 + ((number >> 4) % 16)) + 2);
        Now += number % 32 == 31 ? -(long)pause : pause;
        var n = 1 + (int)((number >> 20) % 3);
        switch (number % 16)
        {
            case 0:
                Take(n);
                break;
            case 1:
                Return(n);
                break;
            case 2:
                Edit((int)((number >> 20) % 12));
                break;
            case 3:
                Reload();
                break;
            default:
                if (_bucket.CanTake(Now, n)) Take(n);
                break;
        }

        Compare(n);
    }

    private void Take(int n)
    {
        _bucket.Take(Now, n);
        _model.Take(Now, n);
    }

    private void Return(int n)
    {
        if (_model.Spec.Kind != LimitKind.Concurrency)
        {
            _bucket.Return(n);
        }
        else if (_model.Held >= n)
        {
            _bucket.Return(n);
            _model.Return(n);
        }
        else
        {
            Should.Throw<InvalidOperationException>(() => _bucket.Return(n));
        }
    }

    private void Edit(int limit)
    {
        var edited = _model.Spec with { Limit = limit, Burst = limit % 3 };
        _bucket.Change(edited, Now);
        _model.Edit(edited, Now);
    }

    /// <summary>A crash: what is saved is read again; the holders of a concurrency take again. One that is idle is forgotten, its clock with it.</summary>
    private void Reload()
    {
        if (_bucket.IsIdle(Now)) _model = new LimitModel(_model.Spec);
        else _model.Tick(Now);
        _bucket = LimitBucket.Restore(_model.Spec, _bucket.Save(Now));
        if (_model.Spec.Kind == LimitKind.Concurrency && _model.Held > 0) _bucket.Take(Now, (int)_model.Held);
    }

    private void Compare(int n)
    {
        _bucket.Spec.ShouldBe(_model.Spec);
        if (_bucket.CanTake(Now, n)) _model.CanTake(Now, n).ShouldBeTrue("above the limit");
        var opens = _bucket.OpensAt(Now, n);
        var earliest = _model.OpensAt(Now, n);
        opens.ShouldBeGreaterThanOrEqualTo(earliest);
        if (earliest < long.MaxValue) opens.ShouldBeLessThanOrEqualTo(Math.Max(earliest, _model.Clock) + _model.Slack, "the clock stands while time goes back");
        _bucket.CanTake(Now, n).ShouldBe(opens == Now);
        if (opens is > 0 and < long.MaxValue && opens > Now)
        {
            _bucket.CanTake(opens, n).ShouldBeTrue("it opens when it says");
            _bucket.CanTake(opens - 1, n).ShouldBeFalse("and not before");
        }

        _bucket.Used(Now).ShouldBeInRange(_model.Used(Now), _model.Used(Now, _model.Slack));
        _bucket.IsIdle(Now).ShouldBe(_bucket.Used(Now) == 0);
    }
}
