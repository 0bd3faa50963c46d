namespace Worcr.Protocol;

/// <summary>An error answer, <c>application/problem+json</c> as in RFC 9457.</summary>
/// <param name="Type">A URN that ends in <paramref name="Code"/>.</param>
/// <param name="Title">For people; the same for every error of the code.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">For programs: one of <see cref="ErrorCodes"/>.</param>
/// <param name="Detail">For people: what is wrong this time.</param>
/// <param name="Errors">The fields at fault, when there are any.</param>
public sealed record Problem(string Type, string Title, int Status, string Code, string? Detail = null, IReadOnlyList<ProblemError>? Errors = null)
{
    /// <summary>The content type of a problem.</summary>
    public const string ContentType = "application/problem+json";
}
