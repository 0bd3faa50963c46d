using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.SiloHost.Api.Enqueue;
using Worcr.SiloHost.Gateways;
using Worcr.SiloHost.Gateways.Http;

namespace Worcr.Unit.Api;

/// <summary>The document says what the API does, and the API does what the document says.</summary>
public sealed class OpenApiTests : ApiHost
{
    protected override void Add(IServiceCollection services) => services.AddWorcrGateways();

    protected override void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapWorkerCalls("/v1");
        endpoints.MapWorkerCalls("/v1/ns/{namespace}");
    }

    [Theory]
    [InlineData("/v1/worker/lease", "LeaseCall", "LeaseAnswer")]
    [InlineData("/v1/worker/report", "ReportCall", "ReportResults")]
    [InlineData("/v1/ns/{namespace}/worker/acquire", "AcquireCall", "AcquireAnswer")]
    public async Task Worker_calls_are_described(string path, string request, string answer)
    {
        var call = (await DocumentAsync())["paths"]![path]!["post"]!;
        ((string)call["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]!).ShouldEndWith("/" + request);
        ((string)call["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]!).ShouldEndWith("/" + answer);
    }

    [Theory]
    [InlineData("/v1/jobs/{id}", "delete", "400 401 403 404 409 500 503")]
    [InlineData("/v1/ns/{namespace}/jobs", "get", "400 401 403 404 500 503")]
    [InlineData("/healthz", "get", "500")]
    public async Task The_errors_that_any_call_can_meet_are_described(string path, string method, string errors)
    {
        var responses = (await DocumentAsync())["paths"]![path]![method]!["responses"]!.AsObject();
        string.Join(' ', responses.Select(r => r.Key).Where(s => s[0] > '2')).ShouldBe(errors);
    }

    [Fact]
    public async Task Every_endpoint_is_in_the_document_and_nothing_else()
    {
        var document = await DocumentAsync();
        var described = document["paths"]!.AsObject()
            .SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {p.Key}"));
        var mapped = ((IEndpointRouteBuilder)App).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText != "/openapi/{documentName}.json")
            .Select(e => $"{e.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Single()} {e.RoutePattern.RawText}");
        described.ShouldBe(mapped, ignoreOrder: true);
    }

    [Fact]
    public async Task Every_reference_leads_somewhere_and_every_path_parameter_is_described()
    {
        var document = await DocumentAsync();
        var schemas = document["components"]!["schemas"]!.AsObject();
        foreach (var reference in References(document)) schemas.ContainsKey(reference.Split('/')[^1]).ShouldBeTrue(reference);
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            var named = path.Split('/').Where(p => p.StartsWith('{')).Select(p => p.Trim('{', '}'));
            foreach (var (_, operation) in operations!.AsObject())
            {
                var parameters = operation!["parameters"]?.AsArray().Where(p => (string?)p!["in"] == "path").Select(p => (string)p!["name"]!) ?? [];
                parameters.ShouldBe(named, ignoreOrder: true);
            }
        }
    }

    [Fact]
    public async Task The_fields_of_a_job_are_those_that_the_parser_takes()
    {
        var schema = (await DocumentAsync())["components"]!["schemas"]!["JobRequest"]!;
        schema["properties"]!.AsObject().Select(p => p.Key).ShouldBe(JobFields.All, ignoreOrder: true);
        schema["required"]!.AsArray().Select(r => (string)r!).ShouldBe(["type"]);
    }

    [Theory]
    [InlineData("""{"type":"a"}""")]
    [InlineData("""{"type":"a","args":[1],"tenant":"t","tags":["x"],"queue":"q","weight":2,"priority":-1,"slo":"5m","delay":"1s","expiresIn":"1h","timeout":"1s"}""")]
    [InlineData("""{"type":"a","retry":{"maxAttempts":null,"backoff":"fixed","base":"1s"},"unique":{"key":"k","until":"started"},"meta":{"k":1},"tenant":null}""")]
    [InlineData("""[{"type":"a","runAt":"2026-12-01T00:00:00Z","id":"0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f"}]""")]
    public async Task What_is_taken_and_answered_fits_the_document(string body)
    {
        var schema = new SchemaCheck(await DocumentAsync());
        schema.Check("#/paths/~1v1~1jobs/post/requestBody/content/application~1json/schema", JsonNode.Parse(body));
        var answer = await PostAsync("/v1/jobs", body);
        answer.EnsureSuccessStatusCode();
        schema.Check("#/paths/~1v1~1jobs/post/responses/201/content/application~1json/schema", JsonNode.Parse((await JsonAsync(answer)).ToString()));
    }

    [Theory]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"tenant":"t"}""")]
    [InlineData("""{"type":"a","slo":"5"}""")]
    [InlineData("""{"type":"a","weight":"1"}""")]
    [InlineData("""{"type":"a","weight":0}""")]
    [InlineData("""{"type":"a","retry":{"backoff":"odd"}}""")]
    public async Task What_the_api_refuses_the_document_refuses(string body)
    {
        var schema = new SchemaCheck(await DocumentAsync());
        Should.Throw<SchemaException>(() => schema.Check("#/components/schemas/JobRequest", JsonNode.Parse(body)));
        ((int)(await PostAsync("/v1/jobs", body)).StatusCode).ShouldBe(400);
    }

    [Fact]
    public async Task Answers_fit_the_document()
    {
        Dispatcher.OnGet = _ => new JobReply(Samples.Succeeded());
        Dispatcher.OnQuery = _ => new JobPageReply([Samples.Running()], 5);
        Dispatcher.OnResources = _ => new ResourceReply([new ResourceView("acme", new TenantRule(2), ResourceFigures.None)]);
        Dispatcher.OnLogs = _ => new LogsReply([new Store.LogLine(1, 1, 1, "info", "x")]);
        var schema = new SchemaCheck(await DocumentAsync());
        foreach (var path in (string[])["/v1/jobs", "/v1/jobs/{id}", "/v1/jobs/{id}/result", "/v1/jobs/{id}/logs", "/v1/tenants", "/v1/tenants/{name}", "/v1/workers", "/v1/stats", "/v1/violations", "/v1/queues"])
        {
            var url = path.Replace("{id}", Samples.Id.ToString(), StringComparison.Ordinal).Replace("{name}", "acme", StringComparison.Ordinal);
            var answer = await JsonAsync(await GetAsync(url));
            schema.Check($"#/paths/{path.Replace("/", "~1", StringComparison.Ordinal)}/get/responses/200/content/application~1json/schema", JsonNode.Parse(answer.ToString()));
        }

        var problem = await JsonAsync(await PostAsync("/v1/jobs", "{}"));
        schema.Check("#/components/schemas/Problem", JsonNode.Parse(problem.ToString()));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => m is { Key: "$ref", Value: JsonValue value } ? [(string)value!] : References(m.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private async Task<JsonNode> DocumentAsync()
    {
        var answer = await GetAsync("/openapi/v1.json");
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }
}
