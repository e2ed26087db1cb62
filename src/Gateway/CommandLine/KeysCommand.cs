using System.CommandLine;
using Codex.Gateway.Configuration;

namespace Codex.Gateway.CommandLine;

/// <summary>The keys of the gateway's own, in its configuration file.</summary>
internal static class KeysCommand
{
    public static Command Create(GatewayFlags flags) => new("keys", "Add, list and revoke the keys that clients of this gateway need.")
    {
        KeysAddCommand.Create(flags),
        KeysListCommand.Create(flags),
        KeysRevokeCommand.Create(flags),
    };

    public static Argument<string> NameArgument() => new("name") { Description = "Who or what the key is for; stands in the log." };

    /// <summary>The file that a gateway started the same way reads; its place when there is none yet.</summary>
    public static string FileOf(GatewayFlags flags, ParseResult parsed)
    {
        var source = flags.Source(parsed);
        return ConfigurationFile.Find(source.NamedFile, source.Variables) ?? ConfigurationFile.Default(source.Variables);
    }
}
