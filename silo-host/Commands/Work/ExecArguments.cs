namespace Worcr.SiloHost.Commands.Work;

/// <summary>Everything after <c>--exec</c> is the program and its own arguments, whatever they look like.</summary>
public static class ExecArguments
{
    private const string Exec = "--exec";

    /// <summary>Puts <c>--</c> behind <c>--exec</c> in a call of <c>work</c>.</summary>
    public static string[] Separate(string[] args)
    {
        if (args is not ["work", ..]) return args;
        var at = Array.FindIndex(args, arg => arg == Exec || arg.StartsWith(Exec + "=", StringComparison.Ordinal));
        if (at < 0 || args.Take(at).Contains("--")) return args;
        var joined = args[at].Length > Exec.Length ? [args[at][(Exec.Length + 1)..]] : Array.Empty<string>();
        var program = joined.Concat(args.Skip(at + 1)).ToArray();
        return program is ["--", ..] ? args : [.. args.Take(at), Exec, "--", .. program];
    }
}
