namespace Worcr.Grains.Simulation;

/// <summary>
/// What tenants get and what they are entitled to while at least two of them have jobs waiting: each unit of service is owed to those that wait, by their shares. As in
/// the scheduler one virtual time stands for all of them: it moves by the unit over the sum of their shares.
/// </summary>
internal sealed class Contention
{
    private double _shares;
    private double _virtualTime;
    private int _waiting;

    public void Came(Contender contender)
    {
        if (contender.Waiting++ > 0) return;
        _waiting++;
        _shares += contender.Share;
        contender.Since = _virtualTime;
    }

    public void Left(Contender contender)
    {
        if (--contender.Waiting > 0) return;
        Settle(contender);
        _shares = --_waiting == 0 ? 0 : _shares - contender.Share;
    }

    /// <summary>A job of a waiting tenant starts.</summary>
    public void Serve(Contender contender, double cost)
    {
        if (_waiting < 2) return;
        contender.Service += cost;
        _virtualTime += cost / _shares;
    }

    /// <summary>Jain's index of service over entitlement; 1 where nobody ever waited beside another.</summary>
    public double IndexOf(IEnumerable<Contender> contenders)
    {
        var (sum, squares, count) = (0.0, 0.0, 0);
        foreach (var contender in contenders)
        {
            if (contender.Waiting > 0) Settle(contender);
            if (contender.Entitlement <= 0) continue;
            var got = contender.Service / contender.Entitlement;
            sum += got;
            squares += got * got;
            count++;
        }

        return squares > 0 ? sum * sum / (count * squares) : 1;
    }

    private void Settle(Contender contender)
    {
        contender.Entitlement += contender.Share * (_virtualTime - contender.Since);
        contender.Since = _virtualTime;
    }
}
