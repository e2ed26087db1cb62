using System.CommandLine;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Providers;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Says how to set the variable that holds a provider's key; never asks for the key itself.</summary>
internal static class EnvCommand
{
    private const string Name = "env";

    public static Command Create(Func<ParseResult, Invocation> invoke)
    {
        var id = new Argument<string?>("id") { Description = "The provider. Default: the one Codex starts with.", Arity = ArgumentArity.ZeroOrOne };
        var shell = new Option<string?>("--shell") { Description = string.Join(", ", KeyHints.Shells) + ". Default: yours.", HelpName = "shell" };
        shell.AcceptOnlyFromAmong([.. KeyHints.Shells]);
        var persist = new Option<bool>("--persist") { Description = "For all later sessions, through Codex's own .env file, which wins over the shell." };
        var command = new Command(Name, "Show how to set a provider's key without leaving it in the shell's history.") { id, shell, persist };
        command.SetAction(parsed =>
        {
            var invocation = invoke(parsed);
            var (provider, config, refusal) = ShowCommand.Find(invocation, parsed.GetValue(id));
            if (provider is null)
                return ChangeCommand.Refuse(invocation, Name, refusal!);
            if (provider.KeyVariable is not { } variable || KeyVariable.Fault(variable) is not null)
            {
                return ChangeCommand.Refuse(invocation, Name, provider.KeyVariable is null
                    ? new(ExitCodes.Usage, $"provider '{provider.Id}' takes no key from a variable (key: {provider.Auth})")
                    : new(ExitCodes.InvalidConfiguration, $"env_key of provider '{provider.Id}' is no name of a variable; a key in the file can be read by others", "write the variable's name there, and renew the key"));
            }

            var used = parsed.GetValue(shell) ?? KeyHints.Guess(invocation.Environment);
            var hint = parsed.GetValue(persist) ? KeyHints.Persistent(used, variable, config!.Place.Home) : KeyHints.ForShell(used, variable);
            var keychain = KeychainHint.For(invocation.Environment, provider.Id);
            var isInFile = KeyFile.Names(invocation.Environment, config!.Place.Home).Contains(variable);
            var isSet = invocation.Environment.Variable(variable) is not null;
            if (invocation.Style.Json)
            {
                invocation.Terminal.Output.WriteLine(ReportJson.Object(Name, json =>
                {
                    json.WriteString("provider", provider.Id);
                    json.WriteString("variable", variable);
                    json.WriteBoolean("set", isSet);
                    json.WriteBoolean("inEnvFile", isInFile);
                    json.WriteString("shell", used);
                    json.WriteString("hint", hint);
                    json.WriteString("keychain", keychain);
                }));
                return ExitCodes.Done;
            }

            invocation.Terminal.Output.WriteLine(hint);
            if (isInFile && !invocation.Style.Quiet)
                invocation.Terminal.Error.WriteLine($"note: {variable} is also in {KeyFile.Name} of Codex's directory, and that one wins");
            if (keychain is not null && !invocation.Style.Quiet)
                invocation.Terminal.Error.WriteLine($"note: from a keychain instead, without a variable: {keychain}");
            return ExitCodes.Done;
        });
        return command;
    }
}
