namespace Worcr.EndToEnd.Workers;

/// <summary>A tab of a real browser is a worker.</summary>
public sealed class BrowserTests(SharedSilos silos)
{
    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    [Theory, EveryStore]
    public async Task The_worker_page_runs_jobs(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        await using var browser = await TestBrowser.StartAsync(Flags);
        var page = await browser.OpenAsync(new Uri(silo.Url, "/worker/"));
        var type = Names.New("tab");
        await page.EvaluateAsync(
            """
            async ([url, type]) => {
              const { Worker } = await import('/worker/worcr.js');
              window.worker = new Worker({ url, slots: 2, handlers: { [type]: async job => ({ sum: job.args.a + job.args.b, agent: navigator.userAgent }) } });
              await window.worker.start();
            }
            """,
            new object[] { silo.Url.ToString(), type });
        var ids = await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 10).Select(n => new { type, args = new { a = n, b = 1 } }));
        for (var n = 0; n < ids.Count; n++)
        {
            var result = (await silo.Api.FinishedAsync(ids[n])).GetProperty("result");
            result.GetProperty("sum").GetInt32().ShouldBe(n + 1);
            result.GetProperty("agent").GetString()!.ShouldContain("Chrome");
        }

        browser.Errors.ShouldBeEmpty();
    }
}
