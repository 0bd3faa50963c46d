using System.Net;
using Worcr.SiloHost.Outgoing;

namespace Worcr.Unit.Outgoing;

/// <summary>The silo connects to public addresses only, however another one is dressed up.</summary>
public sealed class AddressRuleTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("169.254.169.254")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:a00:1::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("100::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("febf::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Others_are_refused(string address) => new AddressRule([]).Allows(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::101:101")]
    [InlineData("2002:101:101::1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2001:4860:4860::8888")]
    public void Public_ones_are_allowed(string address) => new AddressRule([]).Allows(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("loopback", "127.0.0.1", true)]
    [InlineData("loopback", "::1", true)]
    [InlineData("loopback", "::ffff:127.0.0.1", true)]
    [InlineData("loopback", "10.0.0.1", false)]
    [InlineData("private", "10.0.0.1", true)]
    [InlineData("private", "fd12::1", true)]
    [InlineData("private", "64:ff9b::a00:1", true)]
    [InlineData("private", "127.0.0.1", false)]
    [InlineData("private", "169.254.169.254", false)]
    [InlineData("10.1.0.0/16", "10.1.255.255", true)]
    [InlineData("10.1.0.0/16", "::ffff:10.1.0.1", true)]
    [InlineData("10.1.0.0/16", "10.2.0.1", false)]
    [InlineData("fd00::/8", "fd00::1", true)]
    public void What_is_allowed_besides_is_that_and_no_more(string allowed, string address, bool isAllowed) =>
        new AddressRule([allowed]).Allows(IPAddress.Parse(address)).ShouldBe(isAllowed);

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("fd00::/8", true)]
    [InlineData("private", true)]
    [InlineData("loopback", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("10.0.0.1/8", true)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("everything", false)]
    [InlineData("Private", false)]
    public void A_network_is_written_as_one(string text, bool isValid) => AddressRule.IsValid(text).ShouldBe(isValid);

    [Fact]
    public async Task A_name_is_checked_when_it_is_resolved()
    {
        using var http = new OutgoingHttp(new AddressRule(["10.0.0.0/8"]));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost:1/");
        var error = await Should.ThrowAsync<HttpRequestException>(() => http.SendAsync(request, TestContext.Current.CancellationToken));
        error.InnerException.ShouldBeOfType<RefusedAddressException>().Message.ShouldContain("localhost");
    }
}
