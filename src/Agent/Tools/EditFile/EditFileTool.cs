using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Codex.Agent.Edits;
using Codex.Agent.Edits.Tolerant;
using Codex.Agent.Events;
using Codex.Agent.Paths;

namespace Codex.Agent.Tools.EditFile;

/// <summary>Replaces one text in a file by another.</summary>
public sealed class EditFileTool : ITool
{
    public ToolSpec Spec { get; } = ToolSpec.Create("edit_file", """
        {"type":"object","properties":{"path":{"type":"string"},"old":{"type":"string"},"new":{"type":"string"},"replace_all":{"type":"boolean"}},"required":["path","old","new"],"additionalProperties":false}
        """);

    public bool IsParallelSafe(JsonElement arguments) => false;

    public async Task<ToolResult> RunAsync(ToolCall call, JsonElement arguments, ToolContext context, CancellationToken cancellation)
    {
        if (arguments.Text("path") is not { } given)
            return ToolResult.Failed("edit_file needs a path.");
        // Only the home directory is meant by this, never a directory of that name.
        if (given.StartsWith("~/", StringComparison.Ordinal))
            given = context.FullPath(given);
        if (PathRepair.Find(given, context.WorkingDirectory, mustExist: true, File.Exists) is not { } found)
            return ToolResult.Failed($"edit_file failed: there can be no file named {given}.");
        var (path, repair) = found;
        if (!IsText(arguments, "old") || !IsText(arguments, "new"))
            return ToolResult.Failed("edit_file needs old and new as strings.");
        var old = arguments.Text("old") ?? "";
        var now = arguments.Text("new") ?? "";
        var replaceAll = arguments.Flag("replace_all") ?? false;
        switch (TextFile.Read(path))
        {
            case FileRead.Failed { IsMissing: true } when old.Length == 0:
                return await WriteAsync(path, before: null, now, $"Created {given}.", context, cancellation);
            case FileRead.Failed failed:
                return ToolResult.Failed($"edit_file failed: cannot read {path}: {failed.Reason}{PathRepair.Nearest(given, context.WorkingDirectory)}");
            case FileRead.Text { Value: "" } when old.Length == 0:
                return await WriteAsync(path, "", now, $"Edited {given}.", context, cancellation);
            case FileRead.Text read:
                return TextReplacement.Replace(read.Value, old, now, replaceAll) switch
                {
                    ReplaceOutcome.Failed failed => ToolResult.Failed("edit_file failed: " + failed.Reason),
                    ReplaceOutcome.Replaced replaced => await WriteAsync(path, read.Value, replaced.Text, Report(given, replaced, repair), context, cancellation),
                    var other => throw new UnreachableException(other.GetType().Name),
                };
            case var other:
                throw new UnreachableException(other.GetType().Name);
        }
    }

    private static bool IsText(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String;

    private static string Report(string path, ReplaceOutcome.Replaced replaced, string? repair)
    {
        ImmutableArray<string> notes = repair is null ? replaced.Notes : replaced.Notes.Insert(0, repair);
        var lines = string.Join(", ", replaced.Lines.Take(8)) + (replaced.Lines.Length > 8 ? ", …" : "");
        return $"Edited {path} at line{(replaced.Lines.Length == 1 ? "" : "s")} {lines}.{string.Concat(notes.Select(n => $"\nNote: {n}."))}";
    }

    private static async Task<ToolResult> WriteAsync(string path, string? before, string after, string report, ToolContext context, CancellationToken cancellation)
    {
        var kind = before is null ? ChangeKind.Add : ChangeKind.Update;
        var plan = new EditPlan([new PlannedFile(RealPath.Resolve(path), before, after)], [new ChangedFile(path, kind)], Summary: "", Notes: []);
        if (await EditRun.WriteAsync(plan, context, cancellation) is { } failure)
            return ToolResult.Failed(failure);
        // What was only nearly there is shown as it became, so that the model can see whether it was meant.
        var diff = report.Contains("\nNote: ", StringComparison.Ordinal) ? "\n" + plan.Diff(context.WorkingDirectory) : "";
        return ToolResult.Text(report + diff);
    }
}
