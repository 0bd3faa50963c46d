using System.Text.Json;
using Worcr.Client;

namespace Worcr.SiloHost.Commands.Work;

/// <summary>Passes a program's notes on to the server. A note that the server refuses is said here, and the program goes on.</summary>
public sealed class SdkNotes(JobContext context, CommandIo io) : IExecNotes
{
    /// <inheritdoc />
    public Task CheckpointAsync(string name, string json) => SendAsync(async () =>
    {
        using var value = JsonDocument.Parse(json);
        await context.CheckpointAsync(name, value.RootElement);
    });

    /// <inheritdoc />
    public Task ProgressAsync(string name, double done, double total) => SendAsync(() => context.ProgressAsync(name, done, total));

    /// <inheritdoc />
    public Task LogAsync(string level, string line) => SendAsync(() => context.LogAsync(line, level));

    private async Task SendAsync(Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (WorcrException error)
        {
            io.Say($"{context.Type} {context.Id} attempt {context.Attempt}: a note was not taken: {error.Message} ({error.Code})");
        }
    }
}
