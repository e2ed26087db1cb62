namespace Codex.Agent.Sandbox;

/// <summary>What keeps commands inside a policy on this machine.</summary>
public abstract record SandboxBackend
{
    private SandboxBackend()
    {
    }

    /// <summary>What it cannot do, for the user; null when it does everything.</summary>
    public virtual string? Weakness => null;

    /// <param name="Path">The program, absolute.</param>
    /// <param name="MountsProc">Whether it can mount a <c>/proc</c> of its own here.</param>
    public sealed record Bubblewrap(string Path, bool MountsProc) : SandboxBackend;

    /// <param name="Version">Of the kernel's Landlock.</param>
    /// <param name="Namespaces">Protects what Landlock cannot; null where they cannot be made.</param>
    public sealed record Landlock(int Version, MountNamespace? Namespaces) : SandboxBackend
    {
        public override string Weakness => Namespaces is null
            ? "The sandbox is weaker here: protected directories (.git, .codex, .agents, .aws) are not read-only, modes and times of your own "
                + "files elsewhere can be changed, and processes that a command leaves behind are ended only when no other command runs"
                + (Version < 6 ? ", and your other processes can be killed" : string.Empty)
                + ". Install bubblewrap for the full one."
            : "The sandbox is weaker here: modes and times of your own files elsewhere can be changed. Install bubblewrap for the full one.";
    }

    /// <param name="Reason">One sentence for each backend that does not work.</param>
    public sealed record None(string Reason) : SandboxBackend
    {
        public override string Weakness =>
            $"No sandbox works on this machine, so commands are refused. {Reason} Install bubblewrap (and allow user namespaces), "
            + "or, if this machine is itself a sandbox, run with -s danger-full-access.";
    }
}

public enum SandboxChoice
{
    /// <summary>bubblewrap, else Landlock.</summary>
    Best,
    Bubblewrap,

    /// <summary>In namespaces where they can be made.</summary>
    Landlock,
    LandlockAlone,
}
