namespace Worcr.Core.Fairness;

/// <summary>What a job costs its tenant.</summary>
public enum FairCharge
{
    /// <summary>Every job costs the same.</summary>
    Job,

    /// <summary>A job costs its run time: first what its type usually takes, then corrected when it ends.</summary>
    Runtime,
}
