using System.CommandLine;
using Worcr.Protocol;

namespace Worcr.SiloHost.Commands;

/// <summary>Options whose values are checked while the call is parsed.</summary>
public static class CommandOptions
{
    /// <summary>An option that takes a duration, such as <c>30s</c>.</summary>
    public static Option<Duration?> Duration(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Protocol.Duration.TryParse(text, out var duration)) return duration;
            result.AddError($"{name} takes a duration such as 250ms, 30s, 5m, 12h or 7d, not '{text}'.");
            return null;
        },
    };

    /// <summary>An option that takes a whole number between two bounds.</summary>
    public static Option<int?> Number(string name, string description, int min, int max) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, out var number) && number >= min && number <= max) return number;
            result.AddError($"{name} takes a whole number from {min} to {max}, not '{text}'.");
            return null;
        },
    };

    /// <summary>An option that takes text.</summary>
    public static Option<string?> Text(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
    };

    /// <summary>An option that may be given several times.</summary>
    public static Option<string[]> Many(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Makes a mistyped option an error instead of an argument.</summary>
    public static void RefuseOptionsIn(Argument argument) => argument.Validators.Add(result =>
    {
        var option = result.Tokens.FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal));
        if (option is not null) result.AddError($"There is no option '{option.Value}'.");
    });
}
