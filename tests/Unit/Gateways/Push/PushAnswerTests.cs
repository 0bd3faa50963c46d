using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Worcr.SiloHost.Gateways.Push;

namespace Worcr.Unit.Gateways.Push;

/// <summary>What the answers of an endpoint mean.</summary>
public sealed class PushAnswerTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", null)]
    [InlineData(" \r\n", null)]
    [InlineData("""{"n":1}""", """{"n":1}""")]
    [InlineData(" [1, 2]\n", "[1, 2]")]
    [InlineData("null", "null")]
    [InlineData("\uFEFF7", "7")]
    [InlineData("OK", "\"OK\"")]
    [InlineData("{broken", "\"{broken\"")]
    [InlineData("1 2", "\"1 2\"")]
    public async Task Success_is_a_result(string body, string? result)
    {
        var outcome = await ReadAsync(200, body);
        outcome.Verdict.ShouldBe(PushVerdict.Done);
        (outcome.Result is null ? null : Encoding.UTF8.GetString(outcome.Result)).ShouldBe(result);
        outcome.Signal.ShouldBe(PushSignal.Alive);
    }

    [Theory]
    [InlineData(201)]
    [InlineData(204)]
    public async Task So_is_every_2xx_but_202(int status) => (await ReadAsync(status, "")).Verdict.ShouldBe(PushVerdict.Done);

    [Fact]
    public async Task With_202_it_goes_on_by_itself() => (await ReadAsync(202, "{}")).ShouldBe(PushOutcome.GoesOn);

    [Fact]
    public async Task Text_that_is_deeper_than_a_result_may_be_is_kept_as_text()
    {
        var outcome = await ReadAsync(200, new string('[', 65) + new string(']', 65));
        JsonSerializer.Deserialize<string>(outcome.Result).ShouldBe(new string('[', 65) + new string(']', 65));
    }

    [Fact]
    public async Task A_result_has_a_mebibyte_at_most()
    {
        var most = "\"" + new string('x', (1 << 20) - 2) + "\"";
        (await ReadAsync(200, most)).Result!.Length.ShouldBe(1 << 20);
        foreach (var body in (string[])[most + " ", new('x', (1 << 20) - 1), new('x', 10 << 20)])
        {
            var outcome = await ReadAsync(200, body);
            outcome.Verdict.ShouldBe(PushVerdict.Failed);
            outcome.Error.ShouldBe(new JobError("bad_answer", "The result is larger than 1 MiB.", Final: true));
        }
    }

    [Fact]
    public async Task What_is_neither_JSON_nor_text_cannot_be_kept()
    {
        using var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([0xFF, 0xD8]) };
        var outcome = await PushAnswer.ReadAsync(answer, Now, TestContext.Current.CancellationToken);
        outcome.Error.ShouldNotBeNull().ShouldSatisfyAllConditions(e => e.Code.ShouldBe("bad_answer"), e => e.Final.ShouldBeTrue());
    }

    [Theory]
    [InlineData(302, nameof(PushSignal.Alive))]
    [InlineData(400, nameof(PushSignal.Alive))]
    [InlineData(404, nameof(PushSignal.Alive))]
    [InlineData(408, nameof(PushSignal.Alive))]
    [InlineData(422, nameof(PushSignal.Alive))]
    [InlineData(500, nameof(PushSignal.Alive))]
    [InlineData(429, nameof(PushSignal.Trouble))]
    [InlineData(502, nameof(PushSignal.Trouble))]
    [InlineData(503, nameof(PushSignal.Trouble))]
    [InlineData(504, nameof(PushSignal.Trouble))]
    public async Task Everything_else_is_a_failure_with_its_status(int status, string signal)
    {
        var outcome = await ReadAsync(status, "no\u0007pe\n");
        outcome.Verdict.ShouldBe(PushVerdict.Failed);
        outcome.Error.ShouldBe(new JobError(status.ToString(CultureInfo.InvariantCulture), $"The endpoint answered {status}: no pe"));
        (outcome.Signal.ToString(), outcome.RestMs).ShouldBe((signal, 0));
    }

    [Fact]
    public async Task Of_a_failures_body_a_thousand_characters_are_told() =>
        (await ReadAsync(500, new string('x', 1 << 20))).Error!.Message.Length.ShouldBe("The endpoint answered 500: ".Length + 1_000);

    [Theory]
    [InlineData(429, "7", 7_000, 7_000)]
    [InlineData(503, "7", 7_000, 7_000)]
    [InlineData(500, "7", 7_000, 0)]
    [InlineData(429, "0", 0, 0)]
    [InlineData(429, "-5", 0, 0)]
    [InlineData(429, "soon", 0, 0)]
    [InlineData(429, "1.5", 0, 0)]
    [InlineData(429, "999999999", 86_400_000, 86_400_000)]
    [InlineData(429, "Mon, 01 Jun 2026 12:00:30 GMT", 30_000, 30_000)]
    [InlineData(429, "Mon, 01 Jun 2026 11:00:00 GMT", 0, 0)]
    [InlineData(429, "Tue, 01 Jun 2027 12:00:00 GMT", 86_400_000, 86_400_000)]
    public async Task Retry_after_is_heard(int status, string value, long retryAfterMs, long restMs)
    {
        var outcome = await ReadAsync(status, "", ("Retry-After", value));
        (outcome.Error!.RetryAfterMs, outcome.RestMs).ShouldBe((retryAfterMs, restMs));
    }

    [Fact]
    public async Task A_date_counts_from_the_date_of_the_answer() =>
        (await ReadAsync(503, "", ("Retry-After", "Mon, 01 Jun 2026 09:00:30 GMT"), ("Date", "Mon, 01 Jun 2026 09:00:00 GMT"))).RestMs.ShouldBe(30_000);

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("false", false)]
    [InlineData("", false)]
    public async Task A_failure_is_final_if_it_says_so(string value, bool isFinal) =>
        (await ReadAsync(400, "", ("Worcr-Final", value))).Error!.Final.ShouldBe(isFinal);

    [Theory]
    [InlineData("email.send", "email.send")]
    [InlineData("a b", "a%20b")]
    [InlineData("100%\"", "100%25%22")]
    [InlineData("grüße €", "gr%C3%BC%C3%9Fe%20%E2%82%AC")]
    public void Attributes_of_a_cloud_event_are_written_as_headers_can_hold_them(string value, string header) => CloudEventHeaders.Encode(value).ShouldBe(header);

    private static async Task<PushOutcome> ReadAsync(int status, string body, params (string Name, string Value)[] headers)
    {
        using var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
        foreach (var (name, value) in headers) answer.Headers.TryAddWithoutValidation(name, value);
        return await PushAnswer.ReadAsync(answer, Now, TestContext.Current.CancellationToken);
    }
}
