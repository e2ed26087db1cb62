using System.CommandLine;

namespace Codex.Gateway.CommandLine;

internal static class VersionCommand
{
    public static Command Create()
    {
        var command = new Command("version", "Print the version.");
        command.SetAction(parsed => parsed.InvocationConfiguration.Output.WriteLine($"codex-gateway {GatewayCommandLine.Version}"));
        return command;
    }
}
