using Codex.ConfigTool.Files;
using Codex.ConfigTool.Installation;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Keeps profile files from being written for a Codex that looks for profiles elsewhere (0.131 says "profile not found").</summary>
internal static class ProfileGate
{
    /// <returns>Null when the Codex that is there knows profile files, or none is there to ask.</returns>
    public static async Task<Refusal?> FindAsync(Invocation invocation, CancellationToken cancellation) =>
        await invocation.CodexVersionAsync(cancellation) is { } version && version.IsBefore(CodexVersions.ProfileFiles)
            ? new(ExitCodes.Usage, $"Codex {version} knows no profile files; those came with {CodexVersions.ProfileFiles}", "update Codex: npm install -g @openai/codex")
            : null;
}
