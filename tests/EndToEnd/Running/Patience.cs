namespace Worcr.EndToEnd.Running;

/// <summary>How long a test waits for something that must happen before it says that it did not. Never how long it takes.</summary>
internal static class Patience
{
    /// <summary>For one answer or one event on a machine that is busy with other tests.</summary>
    public static readonly TimeSpan Event = TimeSpan.FromSeconds(30);

    /// <summary>For a process to start or to leave.</summary>
    public static readonly TimeSpan Process = TimeSpan.FromSeconds(60);

    /// <summary>Waits for <paramref name="task"/>; fails with a sentence that says what did not happen.</summary>
    public static async Task<T> OrSay<T>(this Task<T> task, string whatDidNotHappen, TimeSpan? limit = null)
    {
        try
        {
            return await task.WaitAsync(limit ?? Event, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{whatDidNotHappen} (waited {(limit ?? Event).TotalSeconds:0} s)", e);
        }
    }

    /// <inheritdoc cref="OrSay{T}"/>
    public static Task OrSay(this Task task, string whatDidNotHappen, TimeSpan? limit = null) =>
        Wrap(task).OrSay(whatDidNotHappen, limit);

    private static async Task<bool> Wrap(Task task)
    {
        await task;
        return true;
    }
}
