using Worcr.SiloHost.Api;
using Worcr.SiloHost.Gateways.Tcp;

namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>
/// One connection: reads a request, carries it out, writes its reply, and only then reads the next. Methods that answer say whether the
/// connection goes on.
/// </summary>
internal sealed partial class WorkqClient(TcpConnection connection, WorkqSurroundings around)
{
    private readonly string _worker = $"workq/{connection.Remote}";

    /// <summary>Serves one request; false when the connection is over.</summary>
    public async Task<bool> ServeNextAsync()
    {
        if (await connection.ReadLineAsync() != LineRead.Line) return false;
        var line = WorkqLine.Split(connection.Line.Span);
        var (command, fault) = WorkqParser.Parse(line);
        if (command is null) return await RefuseAsync(line, fault!);
        connection.CountCommand(line.Verb);
        try
        {
            return await ServeAsync(command);
        }
        catch (DispatcherUnavailableException error)
        {
            return await SayAsync(WorkqErrors.Server(error.Message));
        }
    }

    private Task<bool> ServeAsync(WorkqCommand command) => command switch
    {
        WorkqCommand.Add add => AddAsync(add),
        WorkqCommand.Run run => RunAsync(run),
        WorkqCommand.Result result => ResultAsync(result),
        WorkqCommand.Lease lease => LeaseAsync(lease),
        WorkqCommand.Finish finish => FinishAsync(finish),
        WorkqCommand.Delete delete => DeleteAsync(delete),
        WorkqCommand.InspectJob job => InspectJobAsync(job),
        WorkqCommand.InspectJobs jobs => InspectJobsAsync(jobs),
        WorkqCommand.InspectQueue queue => InspectQueueAsync(queue),
        WorkqCommand.InspectQueues queues => InspectQueuesAsync(queues),
        WorkqCommand.InspectServer => InspectServerAsync(),
        _ => throw new NotSupportedException($"Nobody serves {command.GetType()}."),
    };

    /// <summary>Answers at once, and then takes the block out of the way that the line announced.</summary>
    private async Task<bool> RefuseAsync(WorkqLine line, string fault)
    {
        var block = line.BlockBytes;
        if (!await SayAsync(WorkqErrors.Client(fault))) return false;
        if (block < 0) return true;
        return block <= WorkqBounds.SkippedBytes && await connection.SkipAsync(block) && await ReadBlockEndAsync() is not null;
    }

    /// <summary>Reads a block with its end and goes on with it; a block that is not as long as announced is refused.</summary>
    private async Task<bool> WithBlockAsync(int size, string fault, Func<byte[], Task<bool>> next)
    {
        if (await connection.ReadBlockAsync(size) is not { } block || await ReadBlockEndAsync() is not { } isWhole) return false;
        return isWhole ? await next(block) : await SayAsync(WorkqErrors.Client(fault));
    }

    /// <summary>Whether CR LF follows at once; what else is in the line is passed over, so that the next request is read as one. Null: the connection is over.</summary>
    private async Task<bool?> ReadBlockEndAsync()
    {
        var read = await connection.ReadLineAsync(begins: false);
        return read is LineRead.Line or LineRead.BareLine ? read == LineRead.Line && connection.Line.Length == 0 : null;
    }

    private async Task<bool> SayAsync(string line)
    {
        connection.Line(line);
        return await connection.FlushAsync();
    }

    /// <summary>A line, then a block.</summary>
    private async Task<bool> SayAsync(string line, byte[] block)
    {
        connection.Line(line);
        return await connection.WriteAsync(block) && await SayAsync("");
    }

    private ValueTask<IDispatcher> DispatcherAsync() => around.Dispatchers.FindAsync(ApiNamespace.Default, CancellationToken.None);
}
