using System.CommandLine;
using Codex.Gateway.Configuration;

namespace Codex.Gateway.CommandLine;

/// <summary>Takes a key out of the configuration.</summary>
internal static class KeysRevokeCommand
{
    public static Command Create(GatewayFlags flags)
    {
        var name = KeysCommand.NameArgument();
        var command = new Command("revoke", "Take a key back.") { name };
        flags.AddConfigTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var (path, revoked) = (KeysCommand.FileOf(flags, parsed), parsed.GetValue(name)!);
            if (!File.Exists(path))
            {
                await error.WriteLineAsync($"codex-gateway: {path}: there is no such file, so there are no keys; name the file with --config");
                return ExitCodes.Refused;
            }

            if (await ConfigurationFileWriter.ChangeAsync(path, file => KeyFileEdit.Remove(file, path, revoked), TimeProvider.System, cancellation) is { } refusal)
            {
                await error.WriteLineAsync($"codex-gateway: {refusal}");
                return ExitCodes.Refused;
            }

            await output.WriteLineAsync($"Key '{revoked}' is no longer in {path}. A running gateway refuses it within seconds.");
            if (KeysListCommand.Read(await File.ReadAllBytesAsync(path, cancellation), path) is { Keys.IsEmpty: true })
                await output.WriteLineAsync("It was the last one: a gateway that listens on this machine only now serves every program of it without a key.");
            return ExitCodes.Done;
        });
        return command;
    }
}
