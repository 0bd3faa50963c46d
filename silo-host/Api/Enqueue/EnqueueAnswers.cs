namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>Answers of everything that enqueues.</summary>
internal static class EnqueueAnswers
{
    /// <summary>Answers with the enqueued jobs: 201, or 200 when all were there before.</summary>
    public static Task WriteAsync(HttpContext context, IReadOnlyList<EnqueuedJob> jobs, bool many)
    {
        var response = context.Response;
        response.StatusCode = AllDuplicates(jobs) ? StatusCodes.Status200OK : StatusCodes.Status201Created;
        response.ContentType = Answers.Json;
        response.ContentLength = AnswerWriter.Length(jobs, many);
        ApiMeter.CountEnqueued(jobs.Count);
        AnswerWriter.Write(response.BodyWriter, jobs, many);
        return Task.CompletedTask;
    }

    /// <summary>Answers with a refusal. The dispatcher says <c>jobs[3].unique</c>; the client sent <c>[3].unique</c>, or <c>unique</c> in a single job.</summary>
    public static Task RefuseAsync(HttpContext context, Refusal refusal, bool many)
    {
        var fault = Faults.From(refusal);
        return Answers.FailAsync(context, fault.Path switch
        {
            { } path when many && path.StartsWith("jobs[", StringComparison.Ordinal) => fault with { Path = path["jobs".Length..] },
            { } path when path.StartsWith("jobs[0].", StringComparison.Ordinal) => fault with { Path = path["jobs[0].".Length..] },
            _ => fault,
        });
    }

    private static bool AllDuplicates(IReadOnlyList<EnqueuedJob> jobs)
    {
        for (var i = 0; i < jobs.Count; i++)
        {
            if (!jobs[i].Duplicate) return false;
        }

        return true;
    }
}
