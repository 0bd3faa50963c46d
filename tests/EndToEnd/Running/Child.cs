using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Worcr.EndToEnd.Running;

/// <summary>A process of a test's own: its output as lines that can be waited for, its end as a task.</summary>
internal sealed class Child : IAsyncDisposable
{
    private const int Sigint = 2;
    private const int Sigkill = 9;
    private const int Sigterm = 15;

    private readonly Process _process;
    private readonly string _name;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Found)> _waiters = [];
    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Child(Process process, string name)
    {
        _process = process;
        _name = name;
    }

    /// <summary>Everything it has said so far, both streams.</summary>
    public string Output
    {
        get
        {
            lock (_lock) return string.Join('\n', _lines);
        }
    }

    public int Id => _process.Id;

    /// <summary>Its exit code, once it has left and all it said has been read.</summary>
    public Task<int> Exit => _exit.Task;

    public static Child Start(ChildSpec spec)
    {
        var start = new ProcessStartInfo(spec.Program, spec.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = spec.Folder ?? Path.GetTempPath(),
        };
        foreach (var (name, value) in spec.Environment) start.Environment[name] = value;
        var child = new Child(new Process { StartInfo = start, EnableRaisingEvents = true }, spec.Name);
        child._process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is not null) spec.Heard?.Invoke(e.Data);
            child.Take(e.Data);
        };
        child._process.ErrorDataReceived += (_, e) => child.Take(e.Data);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        child._process.StandardInput.Close();
        _ = child.WatchAsync();
        return child;
    }

    /// <summary>The first line, past or future, that is wanted; fails when the process leaves without it.</summary>
    public Task<string> LineAsync(Func<string, bool> wanted, string what)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_lines.Find(l => wanted(l)) is { } line) return Task.FromResult(line);
            if (_exit.Task.IsCompleted) return Task.FromException<string>(Gone(what));
            _waiters.Add((wanted, found));
        }

        return SayAsync(found.Task, what);
    }

    public void Terminate() => Signal(Sigterm);

    public void Interrupt() => Signal(Sigint);

    /// <summary>kill -9; returns when the process is gone.</summary>
    public async Task KillAsync()
    {
        Signal(Sigkill);
        await Exit.OrSay($"{_name} survived kill -9", Patience.Process);
    }

    public async Task<int> ExitAsync() => await Say(Exit, $"{_name} did not leave");

    public async ValueTask DisposeAsync()
    {
        if (!Exit.IsCompleted) await KillAsync();
        _process.Dispose();
    }

    private void Signal(int number)
    {
        if (!Exit.IsCompleted) _ = kill(_process.Id, number);
    }

    private async Task WatchAsync()
    {
        await _process.WaitForExitAsync();
        List<TaskCompletionSource<string>> waiting;
        lock (_lock)
        {
            _exit.SetResult(_process.ExitCode);
            waiting = [.. _waiters.Select(w => w.Found)];
            _waiters.Clear();
        }

        foreach (var waiter in waiting) waiter.TrySetException(Gone("the awaited line"));
    }

    private void Take(string? line)
    {
        if (line is null) return;
        lock (_lock)
        {
            _lines.Add(line);
            foreach (var (_, found) in _waiters.Where(w => w.Wanted(line))) found.TrySetResult(line);
            _waiters.RemoveAll(w => w.Found.Task.IsCompleted);
        }
    }

    private Task<string> SayAsync(Task<string> task, string what) => Say(task, $"{_name} never said {what}");

    private async Task<T> Say<T>(Task<T> task, string what)
    {
        try
        {
            return await task.OrSay(what, Patience.Process);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}; its output:\n{Output}", e);
        }
    }

    private InvalidOperationException Gone(string what) =>
        new($"{_name} left with exit code {_process.ExitCode} before it said {what}; its output:\n{Output}");

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
