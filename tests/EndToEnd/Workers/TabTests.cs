using Microsoft.Playwright;
using Worcr.EndToEnd.Silos;

namespace Worcr.EndToEnd.Workers;

/// <summary>What becomes of jobs when tabs do as tabs do: open, close, sleep, and run things beside their page.</summary>
public sealed class TabTests
{
    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    /// <summary>Starts a worker with a fresh token for each connection; its handlers wait for <c>window.release()</c>.</summary>
    private const string Start =
        """
        async ([url, type, tokens, slots]) => {
          const { Worker } = await import('/worker/worcr.js');
          const gate = new Promise(resolve => { window.release = resolve; });
          window.ran = 0;
          window.stale = 0;
          window.worker = new Worker({
            url, slots, token: () => tokens.shift() ?? '', prefetch: 0,
            handlers: { [type]: async job => { window.ran++; await gate; return { n: job.args.n }; } },
          });
          window.worker.on('stale', () => window.stale++);
          await window.worker.start();
        }
        """;

    [Fact]
    public async Task A_tab_that_closes_gives_its_job_back_at_once_and_no_attempt_failed()
    {
        await using var silo = await StartAsync();
        await using var browser = await TestBrowser.StartAsync(Flags);
        var type = Names.New("closed");
        var closing = await OpenAsync(browser, silo, type);
        var id = await silo.Api.EnqueueAsync(new { type, args = new { n = 1 }, retry = new { maxFails = 1, @base = "1h" } });
        await closing.WaitForFunctionAsync("() => window.ran === 1");
        var next = silo.Worker(type).LeaseOneAsync();
        var closed = Environment.TickCount64;
        await closing.CloseAsync(new() { RunBeforeUnload = false });
        var again = await next;
        (Environment.TickCount64 - closed).ShouldBeLessThan(10_000, "a closed tab kept its job for the time that a lost connection has to come back");
        again.Id.ShouldBe(id);
        (await silo.Api.JobAsync(id)).GetProperty("fails").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_tab_that_goes_to_another_page_gives_its_job_back()
    {
        await using var silo = await StartAsync();
        await using var browser = await TestBrowser.StartAsync(Flags);
        var type = Names.New("left");
        var page = await OpenAsync(browser, silo, type);
        var id = await silo.Api.EnqueueAsync(new { type, args = new { n = 1 } });
        await page.WaitForFunctionAsync("() => window.ran === 1");
        await page.GotoAsync("about:blank");
        (await silo.Worker(type).LeaseOneAsync()).Id.ShouldBe(id);
        (await silo.Api.JobAsync(id)).GetProperty("fails").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Two_tabs_share_the_work_by_their_slots()
    {
        await using var silo = await StartAsync();
        await using var browser = await TestBrowser.StartAsync(Flags);
        var type = Names.New("shared");
        var tabs = new[] { await OpenAsync(browser, silo, type, slots: 2), await OpenAsync(browser, silo, type, slots: 2) };
        var ids = await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 4).Select(n => new { type, args = new { n } }));
        foreach (var tab in tabs) await tab.WaitForFunctionAsync("() => window.ran === 2");
        foreach (var tab in tabs) await tab.EvaluateAsync("() => window.release()");
        foreach (var id in ids) (await silo.Api.FinishedAsync(id)).GetProperty("state").GetString().ShouldBe("succeeded");
        var names = (await silo.Api.GetAsync("/v1/workers"))["workers"].EnumerateArray().Select(w => w.GetProperty("worker").GetString()).ToList();
        names.Distinct().Count().ShouldBe(2);
        browser.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tab_that_sleeps_loses_its_lease_and_nothing_else()
    {
        await using var silo = await StartAsync();
        await using var browser = await TestBrowser.StartAsync(Flags);
        var type = Names.New("frozen");
        var page = await OpenAsync(browser, silo, type);
        var id = await silo.Api.EnqueueAsync(new { type, args = new { n = 1 } });
        await page.WaitForFunctionAsync("() => window.ran === 1");
        var tab = await page.Context.NewCDPSessionAsync(page);
        await tab.SendAsync("Debugger.enable");
        await tab.SendAsync("Debugger.pause");
        var awake = silo.Worker(type);
        var taken = await LeaseWithinAsync(awake, TimeSpan.FromSeconds(90));
        taken.Id.ShouldBe(id);
        (await awake.CompleteAsync(taken, new { by = "another" })).ShouldBe("ok");
        await tab.SendAsync("Debugger.resume");
        await tab.SendAsync("Debugger.disable");
        await page.EvaluateAsync("() => window.release()");
        var second = await silo.Api.EnqueueAsync(new { type, args = new { n = 2 } });
        (await silo.Api.FinishedAsync(second)).GetProperty("result").GetProperty("n").GetInt32().ShouldBe(2);
        (await page.EvaluateAsync<int>("() => window.stale")).ShouldBe(1);
        (await silo.Api.JobAsync(id)).GetProperty("result").GetProperty("by").GetString().ShouldBe("another");
        (await silo.Api.JobAsync(id)).GetProperty("fails").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_script_of_handlers_computes_beside_the_page()
    {
        await using var silo = await StartAsync();
        await using var browser = await TestBrowser.StartAsync(Flags);
        var page = await browser.OpenAsync(new Uri(silo.Url, "/worker/"));
        var token = await TokenTests.TokenAsync(silo, new { types = new[] { "echo", "sleep", "primes" }, slots = 1 });
        await page.EvaluateAsync(
            """
            async ([url, token]) => {
              const { Worker } = await import('/worker/worcr.js');
              window.worker = new Worker({ url, token, slots: 1, workerScript: '/worker/thread.js' });
              await window.worker.start();
            }
            """,
            new object[] { silo.Url.ToString(), token });
        var id = await silo.Api.EnqueueAsync(new { type = "primes", args = new { n = 100_000 } });
        var done = await silo.Api.FinishedAsync(id);
        done.GetProperty("result").GetProperty("primes").GetInt32().ShouldBe(9_592);
        done.GetProperty("result").GetProperty("thread").GetString().ShouldBe("worcr");
        browser.Errors.ShouldBeEmpty();
    }

    private static async Task<Leased> LeaseWithinAsync(HttpWorker worker, TimeSpan limit)
    {
        var deadline = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        while (Environment.TickCount64 < deadline)
        {
            if (await worker.LeaseAsync() is [var job]) return job;
        }

        throw new TimeoutException($"a sleeping tab kept its lease for {limit.TotalSeconds} s");
    }

    private static async Task<IPage> OpenAsync(TestBrowser browser, Silo silo, string type, int slots = 1)
    {
        var page = await browser.OpenAsync(new Uri(silo.Url, "/worker/"));
        var tokens = new List<string>();
        for (var n = 0; n < 5; n++) tokens.Add(await TokenTests.TokenAsync(silo, new { types = new[] { type }, slots }));
        await page.EvaluateAsync(Start, new object[] { silo.Url.ToString(), type, tokens, slots });
        return page;
    }

    private static async Task<Silo> StartAsync()
    {
        var url = await Databases.NewAsync(StoreKind.Sqlite);
        return await KeyTests.StartAsync(url, await KeyTests.KeyAsync([], "--role", "admin", "--database-url", url));
    }
}
