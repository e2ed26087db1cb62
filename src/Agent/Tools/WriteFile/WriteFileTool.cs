using System.Globalization;
using System.Text.Json;
using Codex.Agent.Edits;
using Codex.Agent.Events;
using Codex.Agent.Paths;

namespace Codex.Agent.Tools.WriteFile;

/// <summary>Writes a whole file.</summary>
public sealed class WriteFileTool : ITool
{
    public ToolSpec Spec { get; } = ToolSpec.Create("write_file", """
        {"type":"object","properties":{"path":{"type":"string"},"content":{"type":"string"}},"required":["path","content"],"additionalProperties":false}
        """);

    public bool IsParallelSafe(JsonElement arguments) => false;

    public async Task<ToolResult> RunAsync(ToolCall call, JsonElement arguments, ToolContext context, CancellationToken cancellation)
    {
        if (arguments.Text("path") is not { } given)
            return ToolResult.Failed("write_file needs a path.");
        // Only the home directory is meant by this, never a directory of that name.
        if (given.StartsWith("~/", StringComparison.Ordinal))
            given = context.FullPath(given);
        // Anything else taken for an empty text would empty a file.
        if (!arguments.TryGetProperty("content", out var value) || value.ValueKind != JsonValueKind.String)
            return ToolResult.Failed("write_file needs the content as one string.");
        var content = value.GetString()!;
        if (EditPath.Absolute(given, context.WorkingDirectory) is not { } path || Path.GetFileName(path).Length == 0)
            return ToolResult.Failed($"write_file failed: there can be no file named {given}.");
        string? before = null;
        switch (TextFile.Read(path))
        {
            case FileRead.Text read:
                before = read.Value;
                break;
            case FileRead.Failed { IsMissing: false } failed:
                return ToolResult.Failed($"write_file failed: {path}: {failed.Reason}");
        }

        var kind = File.Exists(path) ? ChangeKind.Update : ChangeKind.Add;
        var plan = new EditPlan([new PlannedFile(RealPath.Resolve(path), before, content)], [new ChangedFile(path, kind)], Summary: "", Notes: []);
        if (await EditRun.WriteAsync(plan, context, cancellation) is { } failure)
            return ToolResult.Failed(failure);
        var lines = SourceText.Parse(content).Lines.Length;
        return ToolResult.Text(string.Create(CultureInfo.InvariantCulture, $"{(kind == ChangeKind.Add ? "Created" : "Replaced")} {given} ({lines} line{(lines == 1 ? "" : "s")})."));
    }
}
