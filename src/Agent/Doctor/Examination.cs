using Codex.Agent.Configuration;

namespace Codex.Agent.Doctor;

/// <summary>All that checks look at.</summary>
/// <param name="Around">Variables and places of files.</param>
/// <param name="Home">Codex's directory; null when none can be found, which <paramref name="Loaded"/> tells.</param>
/// <param name="Terminal">What this program is connected to.</param>
internal sealed record Examination(Surroundings Around, string? Home, SettingsLoaded Loaded, TerminalFacts Terminal, string Version, TimeProvider Time)
{
    /// <summary>Null when they could not be resolved.</summary>
    public AgentSettings? Settings => (Loaded as SettingsLoaded.Ready)?.Settings;
}

/// <param name="IsInteractive">A person can type and read.</param>
/// <param name="Size">Null where there is none.</param>
internal sealed record TerminalFacts(bool IsInteractive, (int Columns, int Rows)? Size);
