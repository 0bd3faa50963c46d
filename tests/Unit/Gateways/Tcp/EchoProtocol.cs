using System.Buffers;
using System.Text;
using Worcr.SiloHost.Gateways.Tcp;

namespace Worcr.Unit.Gateways.Tcp;

/// <summary>Says what it read: lines; <c>block N</c> with a block; <c>flood N</c> answers N bytes; <c>wait</c> waits until somebody ends it; <c>fail</c> throws.</summary>
public sealed class EchoProtocol : ITcpProtocol
{
    public string Name => "echo";

    public ReadOnlyMemory<byte> Crowded => "-full\r\n"u8.ToArray();

    public TaskCompletionSource Waits { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Finish { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task ServeAsync(TcpConnection connection)
    {
        LineRead read;
        while ((read = await connection.ReadLineAsync()) != LineRead.End)
        {
            if (read == LineRead.TooLong)
            {
                connection.Write("-long\r\n"u8);
                await connection.FlushAsync();
                return;
            }

            if (!await AnswerAsync(connection, Encoding.Latin1.GetString(connection.Line.Span), read)) return;
        }
    }

    private async Task<bool> AnswerAsync(TcpConnection connection, string line, LineRead read)
    {
        connection.CountCommand("echo");
        switch (line.Split(' '))
        {
            case ["block", var size]:
                if (await connection.ReadBlockAsync(int.Parse(size)) is not { } block) return false;
                return await connection.WriteAsync(block);
            case ["flood", var size]:
                return await connection.WriteAsync(new byte[int.Parse(size)]);
            case ["wait"]:
                Waits.TrySetResult();
                await Finish.Task;
                break;
            case ["fail"]:
                throw new InvalidOperationException("a defect of the protocol");
            default:
                break;
        }

        connection.Write(Encoding.Latin1.GetBytes($"{read} {line}\r\n"));
        return await connection.FlushAsync();
    }
}
