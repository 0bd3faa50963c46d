namespace Worcr.Unit.Commands;

internal sealed record FakeAnswer(int Status, string Body, int? RetryAfter = null)
{
    public static FakeAnswer Created { get; } = new(201, """{"id": "0199d0a4-7b1c-7000-8000-000000000001", "state": "ready", "duplicate": false}""");

    public static FakeAnswer BadField(string path, string message) => new(
        400,
        $$"""{"type": "urn:worcr:error:invalid_field", "title": "A field is wrong", "status": 400, "code": "invalid_field", "errors": [{"path": "{{path}}", "message": "{{message}}"}]}""");
}
