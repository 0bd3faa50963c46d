namespace Worcr.Core.Fairness;

/// <summary>How the next lane is chosen.</summary>
public enum FairStrategy
{
    /// <summary>Start-time fair queueing over tenants (by share) and, inside a tenant, over lanes (by effective weight).</summary>
    Fair,

    /// <summary>The job that became ready first (by sequence number), whosever it is.</summary>
    Fifo,

    /// <summary>Tenants in turn, and inside a tenant lanes in turn; shares and weights do not count.</summary>
    RoundRobin,

    /// <summary>The tenant with the fewest running jobs for its share; inside a tenant lanes by weight as in <see cref="Fair"/>.</summary>
    LeastRunning,

    /// <summary>
    /// A lottery: tenants by share and effective weight, inside a tenant lanes by effective weight (C. Waldspurger, W. Weihl: "Lottery Scheduling",
    /// OSDI 1994). Drawn by clocks: everybody's next turn comes after an exponentially distributed virtual time whose mean is that of
    /// <see cref="Fair"/>. Of such clocks number i rings first with probability rate(i) / sum of rates, and those that did not ring are as good as new.
    /// </summary>
    Random,

    /// <summary>The highest effective weight first; among equals the job that became ready first.</summary>
    Strict,
}
