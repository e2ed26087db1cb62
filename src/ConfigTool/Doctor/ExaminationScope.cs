using Codex.ConfigTool.Installation;

namespace Codex.ConfigTool.Doctor;

/// <summary>How far the doctor asks a server.</summary>
internal enum NetworkDepth
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>For its models.</summary>
    Models,

    /// <summary>For its models, and for one real answer of at most 16 tokens.</summary>
    Full,
}

/// <summary>What is looked at beside the files.</summary>
/// <param name="Provider">The provider looked at; null for the file's default.</param>
/// <param name="Network">How far its server is asked.</param>
/// <param name="Codex">The Codex that is asked; null when there is none.</param>
internal sealed record ExaminationScope(string? Provider, NetworkDepth Network, CodexProgram? Codex);
