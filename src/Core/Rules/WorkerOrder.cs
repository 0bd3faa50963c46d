namespace Worcr.Core.Rules;

/// <summary>What an operator wants of a worker.</summary>
public enum WorkerOrder
{
    /// <summary>It gets no more jobs; what it holds goes on.</summary>
    Quiet,

    /// <summary>It gets no more jobs, and is to leave.</summary>
    End,
}
