using System.CommandLine;

namespace Worcr.SiloHost.Commands.Connection;

/// <summary>The options that say which server to call: <c>--url</c>, <c>--key</c>, <c>--namespace</c>.</summary>
public sealed class ConnectionOptions
{
    private const string DefaultUrl = "http://127.0.0.1:9672";

    private readonly CommandIo _io;
    private readonly bool _hasNamespace;
    private readonly Option<string?> _url = CommandOptions.Text("--url", $"The server. Default: $WORCR_URL, else {DefaultUrl}.", "URL");
    private readonly Option<string?> _key = CommandOptions.Text("--key", "API key or token. Default: $WORCR_KEY.", "KEY");
    private readonly Option<string?> _namespace =
        CommandOptions.Text("--namespace", "The namespace. Default: $WORCR_NAMESPACE, else 'default'.", "NAME");

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="io">Where the variables are read.</param>
    /// <param name="hasNamespace">Whether the command is about one namespace. Default: true.</param>
    public ConnectionOptions(Command command, CommandIo io, bool hasNamespace = true)
    {
        _io = io;
        _hasNamespace = hasNamespace;
        command.Add(_url);
        command.Add(_key);
        if (hasNamespace) command.Add(_namespace);
    }

    /// <summary>The server that a call names.</summary>
    public ServerAddress Read(ParseResult call)
    {
        var text = call.GetValue(_url) ?? NotEmpty("WORCR_URL") ?? DefaultUrl;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw CommandException.Usage($"--url takes an address such as {DefaultUrl}, not '{text}'");
        return new ServerAddress(url, call.GetValue(_key) ?? NotEmpty("WORCR_KEY"), NamespaceOf(call));
    }

    /// <summary>Whether a call, or the environment, names a server at all.</summary>
    public bool Names(ParseResult call) => (call.GetValue(_url) ?? NotEmpty("WORCR_URL")) is not null;

    private string NamespaceOf(ParseResult call)
    {
        if (!_hasNamespace) return ServerAddress.DefaultNamespace;
        return call.GetValue(_namespace) ?? NotEmpty("WORCR_NAMESPACE") ?? ServerAddress.DefaultNamespace;
    }

    private string? NotEmpty(string variable) => _io.Environment(variable) is { Length: > 0 } value ? value : null;
}
