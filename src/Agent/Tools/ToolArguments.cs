using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Edits.Tolerant;

namespace Codex.Agent.Tools;

/// <summary>Reads arguments; one of another type than the schema says counts as missing.</summary>
internal static class ToolArguments
{
    /// <summary>Null when it is missing or empty: small models write "" for what they leave out.</summary>
    public static string? Text(this JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    public static int? Whole(this JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
            ? (int)Math.Clamp(number, int.MinValue, int.MaxValue)
            : null;

    public static bool? Flag(this JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    public static ImmutableArray<string> Texts(this JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)]
            : [];

    /// <summary>The path as the model wrote it, made absolute; <c>~</c> is the user's home.</summary>
    public static string FullPath(this ToolContext context, string path)
    {
        if ((path == "~" || path.StartsWith("~/", StringComparison.Ordinal)) && context.Environment.TryGetValue("HOME", out var home))
            path = Path.Join(home, path[1..]);
        return Path.GetFullPath(path, context.WorkingDirectory);
    }

    /// <summary>What a path names, also where it is quoted or takes the working directory for the root; told when it was put right.</summary>
    public static (string Path, string? Note) FindPath(this ToolContext context, string path)
    {
        var full = context.FullPath(path);
        return System.IO.Path.Exists(full) || PathRepair.Find(path, context.WorkingDirectory, mustExist: true, System.IO.Path.Exists) is not { Note: not null } found
            ? (full, null)
            : found;
    }
}
