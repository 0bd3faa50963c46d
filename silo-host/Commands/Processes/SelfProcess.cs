using System.Diagnostics;
using System.Threading.Channels;

namespace Worcr.SiloHost.Commands.Processes;

/// <summary>This executable once more, as a child process. Its standard error goes to ours, or is kept for the error message.</summary>
public sealed class SelfProcess : IAsyncDisposable
{
    private const int KeptErrorLines = 5;

    private readonly Process _process;
    private readonly string _name;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Queue<string> _errors = new();
    private readonly Task _reading;

    private SelfProcess(Process process, string name)
    {
        _process = process;
        _name = name;
        _reading = Task.WhenAll(ReadLinesAsync(), KeepErrorsAsync());
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Its exit code, when it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Memory that it holds now, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts any program as a child.</summary>
    public static SelfProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) info.Environment[name] = value;
        var process = Process.Start(info) ?? throw new InvalidOperationException("The process did not start.");
        process.StandardInput.Close();
        return new SelfProcess(process, Path.GetFileName(program));
    }

    /// <summary>Starts <c>worcr</c> with these arguments.</summary>
    public static SelfProcess StartSelf(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no path.");
        var isHost = Path.GetFileNameWithoutExtension(program) is "dotnet";
        var assembly = Path.Combine(AppContext.BaseDirectory, "worcr.dll");
        return Start(program, isHost ? [assembly, .. arguments] : arguments, environment);
    }

    /// <summary>The next line of its standard output; fails when it ends without one.</summary>
    public async Task<string> LineAsync(CancellationToken cancel)
    {
        if (await _lines.Reader.WaitToReadAsync(cancel) && _lines.Reader.TryRead(out var line)) return line;
        await _process.WaitForExitAsync(cancel);
        throw new CommandException($"{_name} ended with exit code {_process.ExitCode}: {LastErrors()}");
    }

    /// <summary>The next line that starts with <paramref name="start"/>, without it.</summary>
    public async Task<string> LineAsync(string start, CancellationToken cancel)
    {
        while (true)
        {
            var line = await LineAsync(cancel);
            var at = line.IndexOf(start, StringComparison.Ordinal);
            if (at >= 0) return line[(at + start.Length)..];
        }
    }

    /// <summary>Asks it to end and waits; kills it when that takes longer than <paramref name="patience"/>.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (!_process.HasExited) _ = PosixSignals.Send(_process.Id, PosixSignals.Terminate);
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>The last lines of its standard error, as one line.</summary>
    public string LastErrors()
    {
        lock (_errors) return string.Join(" | ", _errors);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _reading;
        _process.Dispose();
    }

    private async Task ReadLinesAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line) _lines.Writer.TryWrite(line);
        _lines.Writer.Complete();
    }

    private async Task KeepErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_errors)
            {
                _errors.Enqueue(line);
                if (_errors.Count > KeptErrorLines) _errors.Dequeue();
            }
        }
    }
}
