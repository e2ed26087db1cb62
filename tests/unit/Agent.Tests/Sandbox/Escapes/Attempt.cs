namespace Codex.Agent.Tests.Sandbox.Escapes;

/// <summary>One way out. The scene notices what it did; a script that gets what it should not says ESCAPED.</summary>
/// <param name="Script">For <c>sh</c>; starts in the workspace.</param>
public sealed record Attempt(string Name, string Script)
{
    /// <summary>Landlock lets it through, and says so.</summary>
    public bool LandlockCannot { get; init; }

    /// <summary>Prevented by what is mounted; Landlock alone lets it through, and says so.</summary>
    public bool NeedsMounts { get; init; }

    /// <summary>Without a sandbox it succeeds for root only.</summary>
    public bool NeedsRoot { get; init; }

    /// <summary>Whether it is known to succeed without a sandbox, which proves that the attempt is a real one.</summary>
    public bool IsProvable { get; init; } = true;

    public override string ToString() => Name;
}
