namespace Worcr.Client.Http;

/// <summary>What the client adds to what the caller said of a job.</summary>
/// <param name="Id">An id for a job that has none of its caller's.</param>
/// <param name="Parent">Whose child it is; goes before what the caller said.</param>
/// <param name="Name">Its name inside a batch.</param>
/// <param name="After">What it waits for inside a batch.</param>
internal readonly record struct JobExtras(Guid? Id, Guid? Parent = null, string? Name = null, IReadOnlyList<string>? After = null);
