using System.Globalization;
using System.Text;
using System.Text.Json;
using Codex.Agent.Conversation;
using Codex.Agent.Edits;
using Codex.Agent.Edits.Tolerant;
using Codex.Agent.Tools.Files;

namespace Codex.Agent.Tools.ReadFile;

/// <summary>Gives lines of a text file with their numbers, as many as the model has room for.</summary>
public sealed class ReadFileTool : ITool
{
    private const int DefaultLimit = 2000;

    /// <summary>Characters of one line.</summary>
    private const int LongestLine = 500;

    public ToolSpec Spec { get; } = ToolSpec.Create("read_file", """
        {"type":"object","properties":{
          "path":{"type":"string"},
          "offset":{"type":"integer","description":"First line, from 1"},
          "limit":{"type":"integer","description":"Most lines"}},
          "required":["path"]}
        """);

    public bool IsParallelSafe(JsonElement arguments) => true;

    public async Task<ToolResult> RunAsync(ToolCall call, JsonElement arguments, ToolContext context, CancellationToken cancellation)
    {
        var (offset, limit) = (arguments.Whole("offset") ?? 1, arguments.Whole("limit") ?? DefaultLimit);
        if (arguments.Text("path") is not { } given)
            return ToolResult.Failed("read_file needs a path.");
        if (offset < 1)
            return ToolResult.Failed("offset must be a 1-indexed line number");
        if (limit < 1)
            return ToolResult.Failed("limit must be greater than zero");
        var (path, note) = context.FindPath(given);
        var status = FileStatus.Of(path);
        if (!status.Exists)
            return ToolResult.Failed($"failed to read file: {path}: {FileStatus.Describe(status.Error)}{PathRepair.Nearest(path, context.WorkingDirectory)}");
        if (status.IsDirectory)
            return ToolResult.Failed($"failed to read file: {path} is a directory; use list_dir");
        if (KernelFiles.AreAt(path))
            return ToolResult.Failed($"failed to read file: {path}: {KernelFiles.Refusal}");
        if (!status.IsRegular)
            return ToolResult.Failed($"failed to read file: {path} is not a regular file");
        try
        {
            var heading = note is null ? "" : $"Note: {note}.\n";
            return await ReadAsync(path, heading, offset, limit, TokenEstimate.BytesOf(context.OutputLimit), cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ToolResult.Failed($"failed to read file: {e.Message}");
        }
    }

    private static async Task<ToolResult> ReadAsync(string path, string heading, int offset, int limit, int budget, CancellationToken cancellation)
    {
        var text = new StringBuilder(heading);
        using var reader = new StreamReader(path);
        var (number, used, more) = (0, 0, false);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            number++;
            if (line.Contains('\0', StringComparison.Ordinal))
                return ToolResult.Failed($"failed to read file: {path} is binary; use shell to look into it");
            if (number < offset || more)
                continue;
            var shown = string.Create(CultureInfo.InvariantCulture, $"L{number}: {Cut(line)}\n");
            used += Encoding.UTF8.GetByteCount(shown);
            more = number >= offset + limit || (used > budget && number > offset);
            if (!more)
                text.Append(shown);
            else
                text.Append(CultureInfo.InvariantCulture, $"[lines {offset}-{number - 1}; go on with offset={number}; ");
        }

        if (number == 0)
            return ToolResult.Text("(the file is empty)");
        if (number < offset)
            return ToolResult.Failed(string.Create(CultureInfo.InvariantCulture, $"offset exceeds file length ({number} lines)"));
        if (more)
            text.Append(CultureInfo.InvariantCulture, $"the file has {number} lines]\n");
        return ToolResult.Text(text.ToString(0, text.Length - 1));
    }

    private static string Cut(string line)
    {
        if (line.Length <= LongestLine)
            return line;
        // A pair of surrogates is one character.
        return line[..(char.IsHighSurrogate(line[LongestLine - 1]) ? LongestLine - 1 : LongestLine)];
    }
}
