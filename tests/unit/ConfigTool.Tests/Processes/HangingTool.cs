using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Tests.Files;

namespace Codex.ConfigTool.Tests.Processes;

/// <summary>
/// The tool as a process that stops at one step and waits to be killed: <c>dotnet ConfigTool.Tests.dll STEP ARGUMENTS</c>. It ends by
/// itself when whoever started it is gone.
/// </summary>
internal static class HangingTool
{
    public const string Ready = "at the step";

    public static async Task<int> Main(string[] args)
    {
        var files = new FaultyFiles
        {
            OnStep = step =>
            {
                if (step != args[0])
                    return;
                Console.Out.WriteLine(Ready);
                Console.Out.Flush();
                while (Console.In.Read() >= 0)
                {
                    // Whatever comes is no reason to go on.
                }

                Environment.Exit(ExitCodes.Unexpected);
            },
        };
        return await ConfigCommandLine.RunAsync(args[1..], ToolEnvironment.OfProcess() with { Files = files }, Terminal.OfProcess());
    }
}
