using System.CommandLine;

namespace Codex.Gateway.CommandLine;

/// <summary>Asks all providers once and prints what there is, without starting a server.</summary>
internal static class ProvidersCommand
{
    public static Command Create(GatewayFlags flags)
    {
        var command = new Command("providers", "Show the providers that are configured or found, their models and their problems.");
        flags.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            if (await StartConfiguration.AskProvidersAsync(flags.Source(parsed), error, cancellation) is not { } snapshot)
                return ExitCodes.Refused;
            ProviderTable.Write(output, snapshot);
            return ExitCodes.Done;
        });
        return command;
    }
}
