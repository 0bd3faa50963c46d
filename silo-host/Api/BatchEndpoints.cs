using Worcr.Protocol;
using Worcr.SiloHost.Api.Batches;
using Worcr.SiloHost.Api.Enqueue;
using Request = Worcr.Grains.BatchRequest;

namespace Worcr.SiloHost.Api;

/// <summary><c>/v1/batches</c></summary>
internal sealed class BatchEndpoints(IDispatchers dispatchers, ParseCaches caches, TimeProvider time) : EndpointBase(dispatchers)
{
    private const int DefaultPage = 100;

    /// <summary><c>POST /v1/batches</c></summary>
    public async Task CreateAsync(HttpContext context)
    {
        var (body, fault) = await SmallBody.ReadAsync(context, StrictProtocolJson.Default.BatchRequest);
        fault ??= new QueryReader(context).Finish();
        Request.Create? request = null;
        fault ??= new BatchReader(caches, time.GetUtcNow().ToUnixTimeMilliseconds()).Read(body!, out request);
        if (await OpenAsync(context, fault) is not { } dispatcher) return;
        var reply = await dispatcher.BatchesAsync(request!, CancellationToken.None);
        if (reply.Refusal is not null)
        {
            await RefuseAsync(context, reply.Refusal);
            return;
        }

        var answer = new BatchAnswer(reply.Batches[0].Id, !reply.Created, [.. reply.Jobs.Select(j => new EnqueueAnswer(j.Id, StateNames.NameOf(j.State), j.Duplicate))]);
        ApiMeter.CountEnqueued(reply.Jobs.Count);
        await Answers.WriteAsync(context, reply.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK, answer, ProtocolJson.Default.BatchAnswer);
    }

    /// <summary><c>GET /v1/batches</c></summary>
    public async Task ListAsync(HttpContext context)
    {
        var query = new QueryReader(context);
        var limit = query.Number("limit", 1, WireLimits.PageSize, DefaultPage);
        var after = query.BatchCursor();
        if (await FindAsync(context, query.Finish()) is not { } dispatcher) return;
        var reply = await dispatcher.BatchesAsync(new Request.List(limit, after), context.RequestAborted);
        if (reply.Refusal is not null)
        {
            await RefuseAsync(context, reply.Refusal);
            return;
        }

        var page = new BatchPage([.. reply.Batches.Select(DocumentOf)], PageCursor.Format(reply.Next));
        await Answers.WriteAsync(context, StatusCodes.Status200OK, page, ProtocolJson.Default.BatchPage);
    }

    /// <summary><c>GET /v1/batches/{id}</c></summary>
    public Task GetAsync(HttpContext context) => OneAsync(context, id => new Request.Read(id));

    /// <summary><c>POST /v1/batches/{id}/close</c></summary>
    public Task CloseAsync(HttpContext context) => OneAsync(context, id => new Request.Close(id));

    /// <summary><c>DELETE /v1/batches/{id}</c></summary>
    public Task CancelAsync(HttpContext context) => OneAsync(context, id => new Request.Cancel(id));

    private async Task OneAsync(HttpContext context, Func<Guid, Request> request)
    {
        var fault = ReadIdOnly(context, out var id);
        if (await FindAsync(context, fault) is not { } dispatcher) return;
        var reply = await dispatcher.BatchesAsync(request(id), context.RequestAborted);
        if (reply.Refusal is not null) await RefuseAsync(context, reply.Refusal);
        else await Answers.WriteAsync(context, StatusCodes.Status200OK, DocumentOf(reply.Batches[0]), ProtocolJson.Default.BatchDocument);
    }

    private static BatchDocument DocumentOf(BatchView batch) => new()
    {
        Id = batch.Id,
        Name = batch.Name,
        Open = batch.IsOpen,
        Total = batch.Pending + batch.Succeeded + batch.Failed,
        Pending = batch.Pending,
        Succeeded = batch.Succeeded,
        Failed = batch.Failed,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(batch.CreatedAt),
        FinishedAt = WireTime.From(batch.FinishedAt),
        OnSuccess = batch.OnSuccess,
        OnFailure = batch.OnFailure,
        OnComplete = batch.OnComplete,
    };
}
