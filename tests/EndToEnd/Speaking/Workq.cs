using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Worcr.EndToEnd.Speaking;

/// <summary>A client of the Workq protocol, one request at a time. Texts are Latin-1, a character a byte.</summary>
internal sealed class Workq : IDisposable
{
    private readonly TcpClient _tcp;
    private readonly NetworkStream _stream;

    private Workq(TcpClient tcp) => (_tcp, _stream) = (tcp, tcp.GetStream());

    public static async Task<Workq> ConnectAsync(int port)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return new Workq(tcp);
    }

    /// <summary>Sends a request and gives the first line of its reply.</summary>
    public async Task<string> AskAsync(string line, string? block = null)
    {
        var size = block?.Length.ToString(CultureInfo.InvariantCulture);
        var request = Encoding.Latin1.GetBytes(block is null ? $"{line}\r\n" : $"{line} {size}\r\n{block}\r\n");
        await _stream.WriteAsync(request, TestContext.Current.CancellationToken);
        return await LineAsync().OrSay($"there was no reply to {line}");
    }

    public Task<string> AddAsync(string id, string name, string payload, string ttr = "60000") => AskAsync($"add {id} {name} {ttr} 600000", payload);

    /// <summary>The words of the record and the block behind it, or the error.</summary>
    public async Task<string> LeaseAsync(string name, int wait = 20_000) => await RecordAsync(await AskAsync($"lease {name} {wait}"));

    /// <inheritdoc cref="LeaseAsync"/>
    public async Task<string> ResultAsync(string id, int wait = 20_000) => await RecordAsync(await AskAsync($"result {id} {wait}"));

    public void Dispose() => _tcp.Dispose();

    private async Task<string> RecordAsync(string head)
    {
        if (head != "+OK 1") return head;
        var words = await LineAsync();
        var block = new byte[int.Parse(words[(words.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture) + 2];
        await _stream.ReadExactlyAsync(block, TestContext.Current.CancellationToken);
        return $"{words[..words.LastIndexOf(' ')]} {Encoding.Latin1.GetString(block[..^2])}";
    }

    private async Task<string> LineAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await _stream.ReadExactlyAsync(one, TestContext.Current.CancellationToken);
            if (one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
    }
}
