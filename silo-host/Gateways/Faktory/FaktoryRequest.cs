using System.Text;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>One line: a verb and what follows its space.</summary>
/// <param name="Verb">As the client wrote it, cut to a bearable length.</param>
/// <param name="Argument">The rest, without spaces around it.</param>
internal readonly record struct FaktoryRequest(string Verb, ReadOnlyMemory<byte> Argument)
{
    private const int VerbBytes = 64;

    /// <summary>Splits a line.</summary>
    public static FaktoryRequest Read(ReadOnlyMemory<byte> line)
    {
        var trimmed = line[..line.Span.TrimEnd((byte)' ').Length];
        var space = trimmed.Span.IndexOf((byte)' ');
        var verb = space < 0 ? trimmed : trimmed[..space];
        var rest = space < 0 ? default : trimmed[space..];
        return new FaktoryRequest(Encoding.UTF8.GetString(verb.Span[..Math.Min(verb.Length, VerbBytes)]), rest[(rest.Length - rest.Span.TrimStart((byte)' ').Length)..]);
    }

    /// <summary>The words of the argument.</summary>
    public string[] Words => Encoding.UTF8.GetString(Argument.Span).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
