namespace Worcr.Grains;

/// <summary>Which jobs are removed.</summary>
public enum RemoveWhen
{
    /// <summary>Any job that has not been cancelled, discarded or expired.</summary>
    Known,

    /// <summary>Only a job that waits: no worker has it, and it has not finished.</summary>
    Waiting,

    /// <summary>Only a job that nobody should hear of any more; see <see cref="JobView.IsOver"/>.</summary>
    Over,
}
