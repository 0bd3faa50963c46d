namespace Worcr.Grains;

/// <summary>
/// Makes jobs from the JSON that schedules and batches keep of them. The dispatcher knows no wire format: whoever hosts it brings this. It is called on
/// the dispatcher's thread.
/// </summary>
public interface IJobTemplates
{
    /// <summary>A new job as <see cref="EnqueueRequest"/> wants it; null when this build refuses the template, which another one has accepted.</summary>
    /// <param name="template">UTF-8 JSON of a job, as <c>POST /v1/jobs</c> takes it.</param>
    /// <param name="now">The dispatcher's time, Unix milliseconds.</param>
    Job? Create(byte[] template, long now);
}
