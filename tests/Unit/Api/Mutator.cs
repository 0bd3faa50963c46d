using System.Text;

namespace Worcr.Unit.Api;

/// <summary>Breaks JSON in ways that clients, proxies and attackers do. Seeded: the same seed gives the same bytes.</summary>
public sealed class Mutator(int seed)
{
    private static readonly string[] Seeds =
    [
        """{"type":"email.send","args":{"to":"a@b.c","n":[1,2.5e3,-0,null,true]},"tenant":"acme","tags":["premium","eu"],"queue":"q","weight":1.5,"priority":-1}""",
        """{"type":"a","slo":"5m","runAt":"2026-12-01T00:00:00Z","expiresIn":"12h","timeout":"30s","id":"0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f"}""",
        """{"type":"a","retry":{"maxAttempts":25,"maxFails":null,"backoff":"exponential","base":"1s","cap":"1h","jitter":0.2},"meta":{"k":"v"}}""",
        """[{"type":"a","unique":{"key":"digest-42","until":"finished","for":"1h","onConflict":"return"}},{"type":"b","orderKey":"k","resultTtl":"1h"}]""",
        """[{"type":"\u0061","delay":"1s","expiresAt":"2027-01-01T00:00:00+01:00"},{"type":"😀é","tags":[]},{"type":"c","args":"\ud83d\ude00"}]""",
    ];

    private static readonly string[] Shards =
    [
        "null", "true", "-1", "0", "1e999", "-0.0", "\"\"", "\"a\"", "[]", "{}", "[[", "}}", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "\u007f", "NaN",
        "\"10d\"", "\"99999999999999999999d\"", "9223372036854775808", "\"0000-00-00T00:00:00Z\"", "\"type\":", "\"retry\":", "\"args\":", "\n", "/*", "\uFEFF",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A broken (or, now and then, still good) body.</summary>
    public byte[] Next()
    {
        var bytes = Encoding.UTF8.GetBytes(Seeds[_random.Next(Seeds.Length)]).ToList();
        for (var i = _random.Next(1, 5); i > 0 && bytes.Count > 0; i--) Mutate(bytes);
        return [.. bytes];
    }

    private void Mutate(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count);
        var length = Math.Min(_random.Next(1, 12), bytes.Count - at);
        switch (_random.Next(7))
        {
            case 0:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(at, length);
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4:
                bytes.InsertRange(at, Shard());
                break;
            case 5:
                ReplaceValue(bytes, at);
                break;
            default:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
        }
    }

    /// <summary>Puts something else after the next colon: the grammar stays whole more often than not.</summary>
    private void ReplaceValue(List<byte> bytes, int at)
    {
        var start = bytes.IndexOf((byte)':', at) + 1;
        if (start == 0) return;
        var end = bytes.FindIndex(start, b => b is (byte)',' or (byte)'}' or (byte)']');
        if (end < 0) return;
        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, Shard());
    }

    private byte[] Shard() => Encoding.UTF8.GetBytes(Shards[_random.Next(Shards.Length)]);
}
