namespace Codex.Agent.Tests.Sandbox.Escapes;

/// <summary>Who tries.</summary>
/// <param name="Prefix">Words before a command that make it theirs.</param>
public sealed record User(string Name, string? Id, IReadOnlyList<string> Prefix)
{
    public static readonly User Current = new("current", null, []);

    /// <summary>Only root can become one.</summary>
    public static readonly User Ordinary = new("ordinary", "65534", ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]);

    public static User Named(string name) => name == Ordinary.Name ? Ordinary : Current;

    public bool IsRoot => this == Current && Environment.IsPrivilegedProcess;
}
