using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Worcr.Client;

namespace Worcr.HubBench;

/// <summary>Awaiting callers of EnqueueAsync against a server that reads the array and answers, and stores nothing.</summary>
internal static class EnqueueBench
{
    public static async Task<int> RunAsync(int callers, int seconds)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapPost("/v1/jobs", AnswerAsync);
        await app.StartAsync();
        foreach (var underWay in new[] { 1, 2 })
        {
            using var client = new WorcrClient(new WorcrClientOptions { Url = new Uri(app.Urls.First()), EnqueuesUnderWay = underWay });
            await MeasureAsync(client, callers, TimeSpan.FromSeconds(2));
            using var self = Process.GetCurrentProcess();
            var cpu = self.TotalProcessorTime;
            var jobs = await MeasureAsync(client, callers, TimeSpan.FromSeconds(seconds));
            self.Refresh();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{callers} callers, {underWay} requests under way: {jobs / seconds} jobs/s; CPU a job, client and server: {(self.TotalProcessorTime - cpu).TotalMicroseconds / jobs:F2} us"));
        }

        return 0;
    }

    private static async Task<long> MeasureAsync(WorcrClient client, int callers, TimeSpan time)
    {
        var (jobs, watch) = (0L, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            await Task.Yield();
            while (watch.Elapsed < time)
            {
                await client.EnqueueAsync("bench", new { n = caller });
                Interlocked.Increment(ref jobs);
            }
        }));
        return jobs;
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        var read = await reader.ReadAsync();
        while (!read.IsCompleted)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await reader.ReadAsync();
        }

        var count = Count(read.Buffer);
        reader.AdvanceTo(read.Buffer.End);
        http.Response.StatusCode = 201;
        http.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        writer.WriteStartArray();
        for (var i = 0; i < count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, Guid.Empty);
            writer.WriteString("state"u8, "ready"u8);
            writer.WriteBoolean("duplicate"u8, false);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static int Count(ReadOnlySequence<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        var count = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == 1) count++;
        }

        return count;
    }
}
