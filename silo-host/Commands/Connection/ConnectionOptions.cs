using System.CommandLine;

namespace Worcr.SiloHost.Commands.Connection;

/// <summary>The options that say which server to call: <c>--url</c>, <c>--key</c>, <c>--namespace</c>.</summary>
public sealed class ConnectionOptions
{
    private const string DefaultUrl = "http://127.0.0.1:9672";

    private readonly CommandIo _io;
    private readonly Option<string?> _url = CommandOptions.Text("--url", $"The server. Default: $WORCR_URL, else {DefaultUrl}.", "URL");
    private readonly Option<string?> _key = CommandOptions.Text("--key", "API key or token. Default: $WORCR_KEY.", "KEY");
    private readonly Option<string?> _namespace =
        CommandOptions.Text("--namespace", "The namespace. Default: $WORCR_NAMESPACE, else 'default'.", "NAME");

    /// <summary>Adds the options to a command.</summary>
    public ConnectionOptions(Command command, CommandIo io)
    {
        _io = io;
        command.Add(_url);
        command.Add(_key);
        command.Add(_namespace);
    }

    /// <summary>The server that a call names.</summary>
    public ServerAddress Read(ParseResult call)
    {
        var text = call.GetValue(_url) ?? NotEmpty("WORCR_URL") ?? DefaultUrl;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw CommandException.Usage($"--url takes an address such as {DefaultUrl}, not '{text}'");
        var name = call.GetValue(_namespace) ?? NotEmpty("WORCR_NAMESPACE") ?? ServerAddress.DefaultNamespace;
        return new ServerAddress(url, call.GetValue(_key) ?? NotEmpty("WORCR_KEY"), name);
    }

    private string? NotEmpty(string variable) => _io.Environment(variable) is { Length: > 0 } value ? value : null;
}
