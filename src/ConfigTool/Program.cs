using Codex.ConfigTool;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Output;

var terminal = Terminal.OfProcess();
try
{
    return await ConfigCommandLine.RunAsync(args, ToolEnvironment.OfProcess(), terminal);
}
catch (Exception e)
{
    // Nobody who only wanted a provider is helped by a stack trace.
    await terminal.Error.WriteLineAsync($"codex-config: something went wrong that should not: {e.GetType().Name}: {e.Message}");
    await terminal.Error.WriteLineAsync("hint: please report this with the command; codex-config undo --list shows what was written");
    return ExitCodes.Unexpected;
}
