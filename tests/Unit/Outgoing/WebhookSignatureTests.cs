using System.Security.Cryptography;
using System.Text;
using Worcr.SiloHost.Outgoing;

namespace Worcr.Unit.Outgoing;

/// <summary>Against the example of the Standard Webhooks specification's reference implementations.</summary>
public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public void The_published_example_has_the_published_signature() =>
        WebhookSignature.Of(Secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, """{"test": 2432232314}"""u8)
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public void Each_part_counts()
    {
        var whole = WebhookSignature.Of(Secret, "a", 1, "b"u8);
        string[] others = [WebhookSignature.Of(Secret, "c", 1, "b"u8), WebhookSignature.Of(Secret, "a", 2, "b"u8), WebhookSignature.Of(Secret, "a", 1, "d"u8), WebhookSignature.Of(WebhookSecret.New(), "a", 1, "b"u8)];
        others.ShouldNotContain(whole);
        others.ShouldBeUnique();
    }

    [Fact]
    public void A_new_secret_is_valid_and_another_one_each_time()
    {
        var made = Enumerable.Range(0, 100).Select(_ => WebhookSecret.New()).ToList();
        made.ShouldBeUnique();
        made.ShouldAllBe(s => WebhookSecret.IsValid(s) && WebhookSecret.BytesOf(s).Length == 32);
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_secret_has_24_to_64_bytes(int bytes, bool isValid) =>
        WebhookSecret.IsValid("whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes))).ShouldBe(isValid);

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS")]
    [InlineData("whsec_not base64 at all, and quite long")]
    public void What_is_no_secret_is_refused(string text) => WebhookSecret.IsValid(text).ShouldBeFalse();

    [Fact]
    public void A_digest_tells_secrets_apart_and_says_nothing_of_them()
    {
        var digest = WebhookSecret.DigestOf(Secret);
        digest.ShouldBe("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..])))[..16]);
        Encoding.UTF8.GetByteCount(digest).ShouldBe(23);
        WebhookSecret.DigestOf(WebhookSecret.New()).ShouldNotBe(digest);
    }
}
