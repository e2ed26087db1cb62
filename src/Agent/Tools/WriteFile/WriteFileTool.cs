using System.Globalization;
using System.Text.Json;
using Codex.Agent.Edits;
using Codex.Agent.Events;
using Codex.Agent.Prompts;

namespace Codex.Agent.Tools.WriteFile;

/// <summary>Writes a whole file.</summary>
public sealed class WriteFileTool : ITool
{
    public ToolSpec Spec { get; } = new("write_file", PromptText.Read("write-file.md"), ToolParameters.Parse(
        """
        {"type":"object","properties":{"path":{"type":"string"},"content":{"type":"string"}},"required":["path","content"],"additionalProperties":false}
        """));

    public bool IsParallelSafe(JsonElement arguments) => false;

    public async Task<ToolResult> RunAsync(ToolCall call, JsonElement arguments, ToolContext context, CancellationToken cancellation)
    {
        var given = arguments.GetProperty("path").GetString() ?? "";
        var content = arguments.GetProperty("content").GetString() ?? "";
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
