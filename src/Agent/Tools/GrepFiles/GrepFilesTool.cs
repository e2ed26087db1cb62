using System.Globalization;
using System.Text;
using System.Text.Json;
using Codex.Agent.Conversation;
using Codex.Agent.Edits;
using Codex.Agent.Tools.Files;

namespace Codex.Agent.Tools.GrepFiles;

/// <summary>Finds files that hold a pattern, the newest first, each with its first matching lines. Leaves out what git ignores, and binary files.</summary>
public sealed class GrepFilesTool : ITool
{
    private const int DefaultLimit = 100;
    private const int MostFiles = 2000;
    private const int LinesPerFile = 3;
    private const int LongestLine = 160;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public ToolSpec Spec { get; } = ToolSpec.Create("grep_files", """
        {"type":"object","properties":{
          "pattern":{"type":"string","description":"Regular expression"},
          "include":{"type":"string","description":"Glob, such as *.py"},
          "path":{"type":"string","description":"Where; default: working directory"},
          "limit":{"type":"integer","description":"Most files, default 100"}},
          "required":["pattern"]}
        """);

    public bool IsParallelSafe(JsonElement arguments) => true;

    public async Task<ToolResult> RunAsync(ToolCall call, JsonElement arguments, ToolContext context, CancellationToken cancellation)
    {
        // Work of this process itself: let the other calls begin.
        await Task.Yield();
        if (arguments.Text("pattern") is not { } pattern)
            return ToolResult.Failed("pattern must not be empty");
        var limit = Math.Min(arguments.Whole("limit") ?? DefaultLimit, MostFiles);
        if (limit < 1)
            return ToolResult.Failed("limit must be greater than zero");
        var root = context.FindPath(arguments.Text("path") ?? ".").Path;
        var status = FileStatus.Of(root);
        if (!status.Exists)
            return ToolResult.Failed($"unable to access `{root}`: {FileStatus.Describe(status.Error)}");
        if (KernelFiles.AreAt(root) || KernelFiles.IsRoot(root))
            return ToolResult.Failed($"unable to search `{root}`: {KernelFiles.Refusal}");
        var (search, note) = TextSearch.Create(pattern);
        var began = context.Time.GetTimestamp();
        var found = new List<(string Path, DateTime Changed, List<TextSearch.Line> Lines)>();
        foreach (var file in Files(root, status.IsDirectory, arguments.Text("include")))
        {
            cancellation.ThrowIfCancellationRequested();
            if (context.Time.GetElapsedTime(began) > Patience)
            {
                note += $"[stopped after {Patience.TotalSeconds:0} s; search a smaller directory]\n";
                break;
            }

            if (search.Find(file, LinesPerFile) is { Count: > 0 } lines)
                found.Add((file, File.GetLastWriteTimeUtc(file), lines));
        }

        if (found.Count == 0)
            return ToolResult.Text(note + "No matches found.");
        var budget = TokenEstimate.BytesOf(context.OutputLimit);
        return ToolResult.Text(note + Show([.. found.OrderByDescending(f => f.Changed).ThenBy(f => f.Path, StringComparer.Ordinal)], limit, budget));
    }

    private static IEnumerable<string> Files(string root, bool isDirectory, string? include)
    {
        if (!isDirectory)
            return FileStatus.Of(root).IsRegular ? [root] : [];
        var glob = include is null ? null : new PathGlob(include.TrimStart('/'), anywhere: !include.Contains('/', StringComparison.Ordinal));
        return FileTree.Walk(root, int.MaxValue, skipsIgnored: true)
            .Where(e => e.Kind == TreeEntryKind.File)
            .Select(e => e.Path)
            .Where(p => glob?.Matches(Path.GetRelativePath(root, p)) != false);
    }

    private static string Show(List<(string Path, DateTime Changed, List<TextSearch.Line> Lines)> found, int limit, int budget)
    {
        var text = new StringBuilder();
        var shown = 0;
        foreach (var (path, _, lines) in found)
        {
            if (shown == limit || text.Length > budget)
                break;
            shown++;
            text.Append(path).Append('\n');
            // Where room is short, the names matter more.
            if (text.Length > budget / 2)
                continue;
            foreach (var (number, content) in lines)
                text.Append(CultureInfo.InvariantCulture, $"  {number}: {(content.Length > LongestLine ? content[..LongestLine] + "…" : content)}\n");
        }

        if (shown < found.Count)
            text.Append(CultureInfo.InvariantCulture, $"[{found.Count - shown} more files match]\n");
        return text.ToString(0, text.Length - 1);
    }
}
