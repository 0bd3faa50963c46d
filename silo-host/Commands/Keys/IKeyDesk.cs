using Worcr.Protocol;

namespace Worcr.SiloHost.Commands.Keys;

/// <summary>Where <c>worcr key</c> works: on a database, or on a silo that runs.</summary>
internal interface IKeyDesk : IAsyncDisposable
{
    /// <summary>Makes a key; the answer holds it.</summary>
    Task<KeyDocument> CreateAsync(KeyRequest request, CancellationToken cancel);

    /// <summary>All keys.</summary>
    Task<IReadOnlyList<KeyDocument>> ListAsync(CancellationToken cancel);

    /// <summary>Revokes a key.</summary>
    Task RevokeAsync(string name, CancellationToken cancel);
}
