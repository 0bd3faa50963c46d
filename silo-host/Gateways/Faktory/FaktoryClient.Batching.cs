using System.Text;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>BATCH: jobs that belong together, and the jobs that follow when all have ended.</summary>
internal sealed partial class FaktoryClient
{
    private const string CallbackPending = "", CallbackEnqueued = "1", CallbackDone = "2";

    private Task<bool> BatchAsync(FaktoryRequest request)
    {
        var inner = FaktoryRequest.Read(request.Argument);
        return inner.Verb switch
        {
            "NEW" => BatchNewAsync(inner),
            "OPEN" => BatchOpenAsync(inner),
            "COMMIT" => BatchCommitAsync(inner),
            "STATUS" => BatchStatusAsync(inner),
            _ => throw new FaktoryException($"invalid BATCH command {inner.Verb}"),
        };
    }

    private async Task<bool> BatchNewAsync(FaktoryRequest request)
    {
        var id = Guid.CreateVersion7(around.Time.GetUtcNow());
        var reply = await (await around.DispatcherAsync()).BatchesAsync(FaktoryBatch.Read(request.Argument, id, around.Templates, around.Now), CancellationToken.None);
        if (reply.Refusal is { } refusal) throw FaktoryException.Of(refusal);
        return await SayIdAsync(id);
    }

    private async Task<bool> BatchOpenAsync(FaktoryRequest request)
    {
        var batch = await OneBatchAsync(request, id => new BatchRequest.Reopen(id));
        return await SayIdAsync(batch.Id);
    }

    private async Task<bool> BatchCommitAsync(FaktoryRequest request)
    {
        await OneBatchAsync(request, id => new BatchRequest.Close(id));
        return await OkAsync();
    }

    private async Task<bool> BatchStatusAsync(FaktoryRequest request)
    {
        var batch = await OneBatchAsync(request, id => new BatchRequest.Read(id));
        var (complete, success) = (await CallbackStateAsync(batch.OnComplete), await CallbackStateAsync(batch.OnSuccess));
        return await connection.SayAsync(FaktoryWriting.Object(json =>
        {
            json.WriteString("bid", FaktoryBatch.BidOf(batch.Id));
            json.WriteString("parent_bid", "");
            json.WriteString("description", batch.Name ?? "");
            json.WriteString("created_at", FaktoryJson.Time(batch.CreatedAt));
            json.WriteNumber("total", batch.Pending + batch.Succeeded + batch.Failed);
            json.WriteNumber("pending", batch.Pending);
            json.WriteNumber("failed", batch.Failed);
            json.WriteString("complete_st", complete);
            json.WriteString("success_st", success);
        }));
    }

    private async Task<BatchView> OneBatchAsync(FaktoryRequest request, Func<Guid, BatchRequest> ask)
    {
        var bid = request.Words is [var word] ? word : throw new FaktoryException("BATCH needs a bid");
        if (!FaktoryBatch.TryId(bid, out var id)) throw FaktoryException.NoBatch(bid);
        var reply = await (await around.DispatcherAsync()).BatchesAsync(ask(id), CancellationToken.None);
        return reply.Refusal is null ? reply.Batches[0] : throw (reply.Refusal.Kind == RefusalKind.NotFound ? FaktoryException.NoBatch(bid) : FaktoryException.Of(reply.Refusal));
    }

    private async Task<string> CallbackStateAsync(Guid? callback)
    {
        if (callback is not { } id) return CallbackPending;
        var view = (await (await around.DispatcherAsync()).GetAsync(new GetJobRequest(id), CancellationToken.None)).Job;
        return view?.Job.State == JobState.Succeeded ? CallbackDone : CallbackEnqueued;
    }

    private async Task<bool> SayIdAsync(Guid batch) => await connection.SayAsync(Encoding.UTF8.GetBytes(FaktoryBatch.BidOf(batch)));
}
