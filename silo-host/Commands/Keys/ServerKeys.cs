using System.Text.Json;
using Worcr.Protocol;
using Worcr.SiloHost.Commands.Connection;

namespace Worcr.SiloHost.Commands.Keys;

/// <summary>The keys of a silo that runs.</summary>
internal sealed class ServerKeys(ApiClient api) : IKeyDesk
{
    private const string Call = "keys";

    public async Task<KeyDocument> CreateAsync(KeyRequest request, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, ProtocolJson.Default.KeyRequest);
        return Worked(await api.PostAsync(Call, body, ApiClient.Json, cancel)).Read(ProtocolJson.Default.KeyDocument);
    }

    public async Task<IReadOnlyList<KeyDocument>> ListAsync(CancellationToken cancel) =>
        Worked(await api.GetAsync(Call, cancel)).Read(ProtocolJson.Default.ResourceListKeyDocument).Items;

    public async Task RevokeAsync(string name, CancellationToken cancel) => Worked(await api.DeleteAsync($"{Call}/{Uri.EscapeDataString(name)}", cancel));

    public ValueTask DisposeAsync()
    {
        api.Dispose();
        return ValueTask.CompletedTask;
    }

    private static ApiAnswer Worked(ApiAnswer answer) => answer.IsSuccess ? answer : throw new CommandException(answer.Problem().ToString());
}
