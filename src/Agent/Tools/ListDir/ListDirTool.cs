using System.Globalization;
using System.Text;
using System.Text.Json;
using Codex.Agent.Conversation;
using Codex.Agent.Edits;
using Codex.Agent.Tools.Files;

namespace Codex.Agent.Tools.ListDir;

/// <summary>Lists a directory and what is below it, without looking into what is ignored.</summary>
public sealed class ListDirTool : ITool
{
    private const int DefaultLimit = 100;
    private const int DefaultDepth = 2;

    public ToolSpec Spec { get; } = ToolSpec.Create("list_dir", """
        {"type":"object","properties":{
          "path":{"type":"string","description":"Default: working directory"},
          "offset":{"type":"integer","description":"First entry, from 1"},
          "limit":{"type":"integer","description":"Most entries, default 100"},
          "depth":{"type":"integer","description":"Levels, default 2"}}}
        """);

    public bool IsParallelSafe(JsonElement arguments) => true;

    public async Task<ToolResult> RunAsync(ToolCall call, JsonElement arguments, ToolContext context, CancellationToken cancellation)
    {
        // Work of this process itself: let the other calls begin.
        await Task.Yield();
        var (offset, limit, depth) = (arguments.Whole("offset") ?? 1, arguments.Whole("limit") ?? DefaultLimit, arguments.Whole("depth") ?? DefaultDepth);
        if (offset < 1)
            return ToolResult.Failed("offset must be a 1-indexed entry number");
        if (limit < 1)
            return ToolResult.Failed("limit must be greater than zero");
        if (depth < 1)
            return ToolResult.Failed("depth must be greater than zero");
        var path = context.FindPath(arguments.Text("path") ?? ".").Path;
        var status = FileStatus.Of(path);
        if (!status.Exists)
            return ToolResult.Failed($"failed to read directory: {path}: {FileStatus.Describe(status.Error)}");
        if (!status.IsDirectory)
            return ToolResult.Failed($"failed to read directory: {path} is a file; use read_file");
        try
        {
            return List(path, offset, limit, depth, TokenEstimate.BytesOf(context.OutputLimit), cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ToolResult.Failed($"failed to read directory: {e.Message}");
        }
    }

    private static ToolResult List(string path, int offset, int limit, int depth, int budget, CancellationToken cancellation)
    {
        var text = new StringBuilder($"Absolute path: {path}");
        var last = (long)offset + limit - 1;
        var count = 0L;
        foreach (var entry in FileTree.Walk(path, depth))
        {
            cancellation.ThrowIfCancellationRequested();
            count++;
            if (count > last || text.Length > budget)
                return ToolResult.Text(text.Append(CultureInfo.InvariantCulture, $"\nMore than {count - offset} entries found").ToString());
            if (count >= offset)
                text.Append('\n').Append(' ', 2 * (entry.Depth - 1)).Append(Path.GetFileName(entry.Path)).Append(Suffix(entry.Kind));
        }

        if (count < offset && count > 0)
            return ToolResult.Failed("offset exceeds directory entry count");
        if (count == 0)
            text.Append("\n(empty)");
        return ToolResult.Text(text.ToString());
    }

    private static string Suffix(TreeEntryKind kind) => kind switch
    {
        TreeEntryKind.File => "",
        TreeEntryKind.Directory => "/",
        TreeEntryKind.Link => "@",
        TreeEntryKind.Other => "?",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}
