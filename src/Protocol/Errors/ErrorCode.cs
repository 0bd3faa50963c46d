namespace Worcr.Protocol;

/// <summary>One kind of error, stable on the wire.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Status">The HTTP status that goes with it.</param>
/// <param name="Title">For people; the same for every error of the kind.</param>
public sealed record ErrorCode(string Code, int Status, string Title)
{
    /// <summary>The problem type: a URN that ends in the code.</summary>
    public string Type => "urn:worcr:error:" + Code;
}
