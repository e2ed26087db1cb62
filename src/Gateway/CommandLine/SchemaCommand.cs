using System.CommandLine;
using Codex.Gateway.Configuration;

namespace Codex.Gateway.CommandLine;

/// <summary>For maintainers: prints what <c>gateway.schema.json</c> must hold.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", "Print the JSON schema of gateway.json.") { Hidden = true };
        command.SetAction(parsed => parsed.InvocationConfiguration.Output.Write(OptionsSchema.Write()));
        return command;
    }
}
