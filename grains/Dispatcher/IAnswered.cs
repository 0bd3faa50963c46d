namespace Worcr.Grains;

/// <summary>A call that has its answer and whose caller does not know it yet.</summary>
public interface IAnswered
{
    /// <summary>Hands the answer to whoever awaits it: its code goes on, on this thread, until it waits for something else.</summary>
    void Deliver();
}
