using System.CommandLine;

namespace Worcr.SiloHost.Commands;

/// <summary>A command and the examples that its help ends with.</summary>
/// <param name="Command">The command, with its options and action.</param>
/// <param name="Examples">Lines of examples.</param>
public sealed record CommandDefinition(Command Command, string Examples);
