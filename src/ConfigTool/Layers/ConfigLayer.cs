using Codex.ConfigTool.Files;
using Codex.Toml;

namespace Codex.ConfigTool.Layers;

/// <summary>Files that Codex lays over one another, the lowest first.</summary>
internal enum LayerKind
{
    /// <summary>For everybody on the machine.</summary>
    System,

    /// <summary><c>$CODEX_HOME/config.toml</c>.</summary>
    User,

    /// <summary><c>$CODEX_HOME/NAME.config.toml</c>, with <c>codex -p NAME</c>.</summary>
    Profile,

    /// <summary><c>.codex/config.toml</c> of a folder, read only when the folder is trusted.</summary>
    Project,

    /// <summary>Set by whoever looks after the machine; above everything.</summary>
    Managed,
}

/// <summary>One of them, as it was read.</summary>
/// <param name="Kind">Which.</param>
/// <param name="File">The file.</param>
/// <param name="Document">May hold faults; Codex then does not start where it reads it.</param>
/// <param name="IsRead">Codex reads it; false for folders that are not trusted.</param>
internal sealed record ConfigLayer(LayerKind Kind, ConfigFile File, TomlDocument Document, bool IsRead = true);
