namespace Worcr.Unit.Commands;

internal sealed record FakeRequest(string Path, string? ContentType, string? Authorization, string Body)
{
    public string[] Lines => Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
