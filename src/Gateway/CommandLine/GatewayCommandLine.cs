using System.CommandLine;
using System.Reflection;

namespace Codex.Gateway.CommandLine;

/// <summary>The commands of <c>codex-gateway</c>; without a command it serves.</summary>
public static class GatewayCommandLine
{
    public static string Version { get; } =
        typeof(GatewayCommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <returns>The exit code: 0, or 2 when something the user wrote or asked for cannot be done.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter? output = null, TextWriter? error = null)
    {
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // The host ends open streams in order when asked to stop; the library would cut it short.
            ProcessTerminationTimeout = null,
        };
        invocation.Output = output ?? invocation.Output;
        invocation.Error = error ?? invocation.Error;

        var parsed = Commands().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await invocation.Error.WriteLineAsync($"codex-gateway: {parsed.Errors[0].Message} See codex-gateway --help.");
            return ExitCodes.Refused;
        }

        return await parsed.InvokeAsync(invocation);
    }

    private static RootCommand Commands()
    {
        var flags = new GatewayFlags();
        var root = new RootCommand("Lets Codex and other clients of the Responses API use models that only speak chat/completions.");
        // "version" is a command like the others.
        foreach (var option in root.Options.OfType<VersionOption>().ToList())
            root.Options.Remove(option);
        flags.AddTo(root);
        root.SetAction((parsed, cancellation) => ServeCommand.RunAsync(flags, parsed, cancellation));
        root.Subcommands.Add(ServeCommand.Create(flags));
        root.Subcommands.Add(ProvidersCommand.Create(flags));
        root.Subcommands.Add(CatalogCommand.Create(flags));
        root.Subcommands.Add(KeysCommand.Create(flags));
        root.Subcommands.Add(WarmCommand.Create(flags));
        root.Subcommands.Add(VersionCommand.Create());
        root.Subcommands.Add(SchemaCommand.Create());
        return root;
    }
}
