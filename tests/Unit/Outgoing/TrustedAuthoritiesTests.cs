using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Worcr.SiloHost.Outgoing;
using Worcr.Testing.Tls;

namespace Worcr.Unit.Outgoing;

/// <summary>Which certificates of endpoints are good.</summary>
public sealed class TrustedAuthoritiesTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("worcr-ca-").FullName;

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task One_of_an_unknown_authority_is_refused_unless_the_authority_is_trusted()
    {
        using var certificate = _authority.Issue();
        (await AskAsync(certificate, null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(certificate, _authority)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_of_another_authority_is_refused()
    {
        using var other = new TestAuthority();
        using var certificate = other.Issue();
        (await AskAsync(certificate, _authority)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task One_for_another_name_is_refused()
    {
        using var certificate = _authority.Issue("example.com");
        (await AskAsync(certificate, _authority)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task One_whose_time_is_over_is_refused()
    {
        using var certificate = _authority.Issue(days: -1);
        (await AskAsync(certificate, _authority)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public void One_that_is_not_made_for_servers_is_refused()
    {
        var trusted = TrustedAuthorities.Load(Write("ca.pem", _authority.Pem));
        using var server = _authority.Issue();
        using var client = _authority.Issue(forServers: false);
        trusted.Accepts(server, null, SslPolicyErrors.RemoteCertificateChainErrors).ShouldBeTrue();
        trusted.Accepts(client, null, SslPolicyErrors.RemoteCertificateChainErrors).ShouldBeFalse();
    }

    [Fact]
    public void A_file_without_certificates_is_said_to_have_none()
    {
        TrustedAuthorities.Check(Path.Combine(_folder, "none.pem")).ShouldNotBeNull().ShouldContain("cannot be read");
        TrustedAuthorities.Check(Write("text.pem", "hello")).ShouldNotBeNull().ShouldContain("holds no certificate");
        TrustedAuthorities.Check(Write("bad.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")).ShouldNotBeNull();
        TrustedAuthorities.Check(Write("good.pem", _authority.Pem)).ShouldBeNull();
    }

    /// <summary>Unauthorized stands for a handshake that failed.</summary>
    private async Task<HttpStatusCode> AskAsync(X509Certificate2 certificate, TestAuthority? trusted)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(certificate)));
        await using var server = builder.Build();
        server.Run(http => http.Response.WriteAsync("ok"));
        await server.StartAsync(TestContext.Current.CancellationToken);
        using var http = new OutgoingHttp(new AddressRule([AddressRule.Loopback]), trusted is null ? null : TrustedAuthorities.Load(Write("ca.pem", trusted.Pem)));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://localhost:{new Uri(server.Urls.First()).Port}/");
        try
        {
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
        catch (HttpRequestException error) when (error.InnerException is AuthenticationException)
        {
            return HttpStatusCode.Unauthorized;
        }
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
