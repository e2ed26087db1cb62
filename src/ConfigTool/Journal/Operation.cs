using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Codex.ConfigTool.Journal;

public enum OperationState
{
    /// <summary>Noted before the files are touched; a run that dies leaves this.</summary>
    Intent,

    Committed,
}

/// <summary>One run that changed files, with all that is needed to take it back.</summary>
/// <param name="Id">Short name for the user.</param>
/// <param name="At">When.</param>
/// <param name="Tool">Version of this tool.</param>
/// <param name="Command">What was run, without its arguments.</param>
/// <param name="Provider">The provider it was about, or null.</param>
/// <param name="Undoes">The operation it took back, or null.</param>
/// <param name="State">How far it came.</param>
/// <param name="Files">The files it changed.</param>
public sealed record Operation(
    string Id,
    DateTimeOffset At,
    string Tool,
    string Command,
    string? Provider,
    string? Undoes,
    OperationState State,
    ImmutableArray<FileOperation> Files);

/// <summary>What happened to one file.</summary>
/// <param name="Path">As the user knows it.</param>
/// <param name="RealPath">Where it is.</param>
/// <param name="BeforeHash">SHA-256 in hex; null when there was no file.</param>
/// <param name="AfterHash">SHA-256 in hex; null when the file was removed.</param>
/// <param name="Mode">Permission bits before; null when there was no file.</param>
/// <param name="UserId">Owner before.</param>
/// <param name="GroupId">Group before.</param>
/// <param name="Backup">Name of the copy of the old text in the backup directory; null when there was no file.</param>
/// <param name="Values">Values that changed.</param>
/// <param name="Splices">From the old text to the new one.</param>
/// <param name="Inverse">From the new text back to the old one.</param>
public sealed record FileOperation(
    string Path,
    string RealPath,
    string? BeforeHash,
    string? AfterHash,
    int? Mode,
    uint? UserId,
    uint? GroupId,
    string? Backup,
    ImmutableArray<ValueRecord> Values,
    ImmutableArray<SpliceRecord> Splices,
    ImmutableArray<SpliceRecord> Inverse);

/// <summary>A value that changed, both sides as TOML writes them.</summary>
/// <param name="Path">Keys from the root.</param>
/// <param name="Before">Null when it was absent.</param>
/// <param name="After">Null when it is absent.</param>
public sealed record ValueRecord(ImmutableArray<string> Path, string? Before, string? After);

/// <summary>Bytes to take out, and bytes to put there in base64.</summary>
public sealed record SpliceRecord(int Start, int Length, string New);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Operation))]
internal sealed partial class OperationJson : JsonSerializerContext;
