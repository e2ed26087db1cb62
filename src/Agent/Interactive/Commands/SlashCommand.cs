namespace Codex.Agent.Interactive.Commands;

/// <summary>Something the user can have done by its name.</summary>
/// <param name="Name">Without the slash.</param>
/// <param name="Arguments">As help shows them; empty when it takes none.</param>
/// <param name="WhileWorking">May run while a turn does.</param>
/// <param name="RunAsync">Takes what stands behind the name.</param>
internal sealed record SlashCommand(
    string Name, string Arguments, string Summary, bool WhileWorking, Func<InteractiveSession, string, CancellationToken, Task> RunAsync)
{
    /// <summary>Works, but help does not name it.</summary>
    public bool IsAlias { get; init; }

    public string Usage => Arguments.Length == 0 ? $"/{Name}" : $"/{Name} {Arguments}";
}
