namespace Worcr.SiloHost.Pages;

/// <summary>Serves <c>wwwroot</c> under <c>/</c>, to requests that no endpoint takes.</summary>
public static class PageSetup
{
    /// <summary>Adds the pages.</summary>
    public static void UseWorcrPages(this WebApplication app)
    {
        if (!Directory.Exists(Path.Combine(app.Environment.ContentRootPath, "wwwroot"))) return;
        app.UseWhen(context => context.GetEndpoint() is null, pages => pages
            .UseDefaultFiles()
            .UseStaticFiles(new StaticFileOptions { OnPrepareResponse = page => SecurityHeaders.Apply(page.Context.Response.Headers) }));
    }
}
