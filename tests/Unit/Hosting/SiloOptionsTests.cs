using Microsoft.Extensions.Configuration;
using Worcr.SiloHost.Hosting;

namespace Worcr.Unit.Hosting;

public sealed class SiloOptionsTests
{
    [Fact]
    public void Nothing_set_means_the_documented_defaults()
    {
        var options = Read();
        options.DatabaseUrl.ShouldStartWith("sqlite:///");
        options.DatabaseUrl.ShouldEndWith("/worcr-data/worcr.db");
        options.Urls.ShouldBe(["http://127.0.0.1:9672"]);
        (options.Auth, options.BootstrapKey, options.Advertise).ShouldBe((AuthMode.Off, null, null));
        (options.DrainTimeout, options.Retention).ShouldBe((TimeSpan.FromSeconds(30), TimeSpan.FromDays(7)));
    }

    [Fact]
    public void Everything_can_be_set()
    {
        var options = Read(
            ("DATABASE_URL", "postgres://u:p@db:5432/worcr"), ("WORCR_URLS", "http://0.0.0.0:80; http://[::1]:81"), ("WORCR_ADVERTISE", "http://10.0.0.5:80"),
            ("WORCR_AUTH", "Keys"), ("WORCR_BOOTSTRAP_KEY", "0123456789abcdef"), ("WORCR_CORS", "https://a.example, https://b.example"),
            ("WORCR_DRAIN_TIMEOUT", "2m"), ("WORCR_RETENTION", "12h"), ("WORCR_LOG", "debug"), ("WORCR_LOG_FORMAT", "json"), ("WORCR_MAX_CONNECTIONS", "50"), ("WORCR_PUSH_ALLOW", "private, 127.0.0.0/8"));
        options.PushAllow.ShouldBe(["private", "127.0.0.0/8"]);
        options.Urls.ShouldBe(["http://0.0.0.0:80", "http://[::1]:81"]);
        options.Auth.ShouldBe(AuthMode.Keys);
        options.Cors.ShouldBe(["https://a.example", "https://b.example"]);
        (options.DrainTimeout, options.Retention).ShouldBe((TimeSpan.FromMinutes(2), TimeSpan.FromHours(12)));
        (options.LogFormat, options.MaxConnections).ShouldBe((LogFormat.Json, 50));
        options.ToString().ShouldNotContain("0123456789abcdef");
    }

    [Theory]
    [InlineData("WORCR_URLS", "http://0.0.0.0:9672", "set WORCR_AUTH=keys")]
    [InlineData("WORCR_URLS", "http://*:9672", "set WORCR_AUTH=keys")]
    [InlineData("WORCR_URLS", "http://[::]:9672", "set WORCR_AUTH=keys")]
    [InlineData("WORCR_URLS", "http://127.0.0.1:1;http://10.0.0.5:1", "set WORCR_AUTH=keys")]
    [InlineData("WORCR_URLS", "http://worcr.example:9672", "set WORCR_AUTH=keys")]
    [InlineData("WORCR_URLS", "https://127.0.0.1:9672", "put TLS in front")]
    [InlineData("WORCR_URLS", "127.0.0.1:9672", "is not an address")]
    [InlineData("WORCR_URLS", "http://127.0.0.1:9672/base", "is not an address")]
    [InlineData("WORCR_URLS", "http://localhost:0", "write http://127.0.0.1:0")]
    [InlineData("WORCR_URLS", ";", "at least one address")]
    [InlineData("WORCR_ADVERTISE", "10.0.0.5", "is not an address")]
    [InlineData("WORCR_AUTH", "maybe", "write one of off, keys")]
    [InlineData("WORCR_AUTH", "1", "write one of off, keys")]
    [InlineData("WORCR_BOOTSTRAP_KEY", "short", "at least 16")]
    [InlineData("WORCR_BOOTSTRAP_KEY", "0123456789 abcdef", "without blanks")]
    [InlineData("WORCR_CORS", "*", "goes with WORCR_AUTH=keys only")]
    [InlineData("WORCR_CORS", "https://a.example/path", "is not an origin")]
    [InlineData("WORCR_DRAIN_TIMEOUT", "30", "is not a duration")]
    [InlineData("WORCR_DRAIN_TIMEOUT", "2h", "at most 1h")]
    [InlineData("WORCR_RETENTION", "5m", "at least 1h")]
    [InlineData("WORCR_RETENTION", "99999999999999999999d", "is not a duration")]
    [InlineData("WORCR_MAX_CONNECTIONS", "many", "is not a whole number")]
    [InlineData("WORCR_PUSH_ALLOW", "10.0.0.1", "is no network")]
    [InlineData("WORCR_PUSH_ALLOW", "private,all", "\"all\" is no network")]
    [InlineData("WORCR_WORKQ", "9922", "is not an address such as 127.0.0.1:9922")]
    [InlineData("WORCR_WORKQ", "0.0.0.0:9922", "knows no keys")]
    [InlineData("WORCR_WORKQ", "*:9922", "knows no keys")]
    [InlineData("WORCR_FAKTORY", "[::]:7419", "set WORCR_FAKTORY_PASSWORD and WORCR_AUTH=keys")]
    [InlineData("WORCR_FAKTORY", "here", "is not an address such as 127.0.0.1:7419")]
    [InlineData("DATABASE_URL", "mysql://x", "postgres://")]
    [InlineData("DATABASE_URL", "sqlite:///", "sqlite:///path")]
    public void A_bad_value_is_refused_with_what_to_mend(string key, string value, string advice)
    {
        var error = Should.Throw<SiloOptionsException>(() => Read((key, value)));
        error.Problems.ShouldHaveSingleItem().ShouldContain(advice);
        error.Message.ShouldContain(key);
    }

    [Theory]
    [InlineData("WORCR_WORKQ", "10.0.0.5:9922", "knows no keys")]
    [InlineData("WORCR_FAKTORY", "10.0.0.5:7419", "set WORCR_FAKTORY_PASSWORD")]
    public void With_keys_a_gateway_that_others_can_reach_needs_somebody_at_the_door(string key, string value, string advice) =>
        Should.Throw<SiloOptionsException>(() => Read(("WORCR_AUTH", "keys"), ("WORCR_BOOTSTRAP_KEY", "0123456789abcdef"), (key, value)))
            .Problems.ShouldHaveSingleItem().ShouldContain(advice);

    [Fact]
    public void Gateways_are_off_until_they_are_given_an_address()
    {
        (Read().Workq, Read().Faktory).ShouldBe((null, null));
        var options = Read(
            ("WORCR_WORKQ", "[::1]:9922"), ("WORCR_FAKTORY", "10.0.0.5:7419"), ("WORCR_FAKTORY_PASSWORD", "s3cret"),
            ("WORCR_AUTH", "keys"), ("WORCR_BOOTSTRAP_KEY", "0123456789abcdef"));
        (options.Workq, options.Faktory, options.FaktoryPassword).ShouldBe(("[::1]:9922", "10.0.0.5:7419", "s3cret"));
        options.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public void All_problems_are_told_at_once() =>
        Should.Throw<SiloOptionsException>(() => Read(("WORCR_LOG", "loud"), ("WORCR_RETENTION", "x"), ("WORCR_CORS", "y"))).Problems.Count.ShouldBe(3);

    [Fact]
    public void A_silo_is_not_built_from_options_that_were_not_checked() =>
        Should.Throw<SiloOptionsException>(() => Silo.Build(new SiloOptions { Urls = ["http://0.0.0.0:0"] }));

    [Fact]
    public void The_command_line_takes_the_same_keys() =>
        SiloOptionsReader.Read("--WORCR_URLS=http://127.0.0.1:0", "--WORCR_RETENTION", "2d").Retention.ShouldBe(TimeSpan.FromDays(2));

    private static SiloOptions Read(params (string Key, string Value)[] values) =>
        SiloOptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => new KeyValuePair<string, string?>(v.Key, v.Value))).Build());
}
