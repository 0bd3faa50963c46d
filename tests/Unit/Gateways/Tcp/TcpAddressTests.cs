using Worcr.SiloHost.Gateways.Tcp;

namespace Worcr.Unit.Gateways.Tcp;

public sealed class TcpAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:9922", "127.0.0.1:9922")]
    [InlineData("[::1]:7419", "[::1]:7419")]
    [InlineData("localhost:0", "127.0.0.1:0")]
    [InlineData("*:9922", "[::]:9922")]
    [InlineData("0.0.0.0:65535", "0.0.0.0:65535")]
    public void An_address_is_a_host_and_a_port(string text, string address)
    {
        TcpAddress.TryParse(text, out var read).ShouldBeTrue();
        read!.ToString().ShouldBe(address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("9922")]
    [InlineData(":9922")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.0.0.1:+1")]
    [InlineData("::1:9922")]
    [InlineData("[::1]")]
    [InlineData("[127.0.0.1]:9922")]
    [InlineData("[]:9922")]
    [InlineData("example.org:9922")]
    [InlineData("tcp://127.0.0.1:9922")]
    public void Anything_else_is_none(string text) => TcpAddress.TryParse(text, out _).ShouldBeFalse();
}
