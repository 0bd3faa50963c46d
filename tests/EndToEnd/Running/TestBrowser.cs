using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Worcr.EndToEnd.Running;

/// <summary>A headless Chromium with an empty profile.</summary>
internal sealed class TestBrowser : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly ConcurrentQueue<string> _errors = new();

    private TestBrowser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>What pages have complained about.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public static async Task<TestBrowser> StartAsync(params string[] flags)
    {
        Places.Need(Chromium, "apt-get install chromium");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Headless = true, Args = flags });
        return new TestBrowser(playwright, browser);
    }

    public async Task<IPage> OpenAsync(Uri address)
    {
        var page = await _browser.NewPageAsync();
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") _errors.Enqueue(message.Text);
        };
        var reply = await page.GotoAsync(address.ToString());
        reply!.Status.ShouldBe(200);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }
}
