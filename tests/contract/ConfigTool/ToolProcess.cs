using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.ConfigTool;

/// <summary>The built <c>codex-config</c> in a process of its own, in the home and environment that Codex gets too.</summary>
public static class ToolProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static Task<ProcessOutcome> RunAsync(CodexHome home, params string[] arguments) => ClientProcess.RunAsync(
        "dotnet",
        [Path.Combine(AppContext.BaseDirectory, "codex-config.dll"), .. arguments],
        home.Work,
        home.Environment(key: null),
        Limit);
}
