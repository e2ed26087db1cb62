using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Codex.Gateway.Demo;

/// <summary>Finds the intent in a prompt. English, simple, the same for the same words.</summary>
internal static partial class DemoIntentReader
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>Words of the prompt are the user's; a pattern that takes longer than this on them is given up.</summary>
    private const int TimeoutMilliseconds = 1000;

    /// <summary>Characters. Who wants to see something says so in a sentence; "show" somewhere in a long text is no wish.</summary>
    private const int LookLength = 2000;

    /// <param name="prompt">What the user wrote.</param>
    /// <param name="tools">Tools the user may name; shells and edit tools are found by what is asked of them instead.</param>
    public static DemoIntent Read(string prompt, ImmutableArray<DemoTool> tools)
    {
        if (prompt.Contains("CONTEXT CHECKPOINT COMPACTION", StringComparison.Ordinal))
            return new DemoIntent.Summarise();
        // Codex puts this before a summary that takes the place of old turns; what it quotes was asked and answered.
        if (prompt.StartsWith("Another language model started to solve this problem", StringComparison.Ordinal))
            return new DemoIntent.Talk();
        try
        {
            return NamedTool(prompt, tools)
                ?? SpelledCommand(prompt)
                ?? DemoEditRequest.Read(prompt)
                ?? DemoFileRequest.Read(prompt)
                ?? Look(prompt)
                ?? (DemoIntent)new DemoIntent.Talk();
        }
        catch (RegexMatchTimeoutException)
        {
            return new DemoIntent.Talk();
        }
    }

    private static DemoIntent.CallTool? NamedTool(string prompt, ImmutableArray<DemoTool> tools)
    {
        foreach (Match match in ToolName().Matches(prompt))
        {
            var name = match.Groups["name"].Value;
            var tool = tools.FirstOrDefault(tool => tool.Name == name)
                ?? tools.FirstOrDefault(tool => tool.Name.EndsWith("__" + name, StringComparison.Ordinal));
            if (tool is not null && !DemoTools.IsKnown(tool))
                return new DemoIntent.CallTool(tool, JsonObjectIn(prompt[(match.Index + match.Length)..]));
        }

        return null;
    }

    private static string? JsonObjectIn(string text)
    {
        var start = text.IndexOf('{', StringComparison.Ordinal);
        var end = text.LastIndexOf('}');
        if (start < 0 || end < start)
            return null;
        try
        {
            using var document = JsonDocument.Parse(text[start..(end + 1)]);
            return document.RootElement.GetRawText();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DemoIntent.Run? SpelledCommand(string prompt)
    {
        var verb = RunVerb().Match(prompt);
        if (verb.Success)
        {
            var quoted = Backticked().Matches(prompt, verb.Index + verb.Length);
            if (quoted.Count > 0)
                return new DemoIntent.Run([.. quoted.Select(match => match.Groups["command"].Value.Trim())]);
        }

        var bare = BareCommand().Match(prompt);
        return bare.Success ? new DemoIntent.Run([bare.Groups["command"].Value.Trim().Trim('"')]) : null;
    }

    private static DemoIntent.Run? Look(string prompt)
    {
        if (prompt.Length > LookLength)
            return null;
        if (ReadFile().Match(prompt) is { Success: true } read)
            return new DemoIntent.Run(["cat " + DemoShell.Quote(read.Groups["path"].Value)]);
        if (ListFiles().Match(prompt) is { Success: true } list)
            return new DemoIntent.Run([list.Groups["path"] is { Success: true } path ? "ls " + DemoShell.Quote(path.Value) : "ls"]);
        if (GitLook().Match(prompt) is { Success: true } git)
            return new DemoIntent.Run(["git " + git.Groups["what"].Value.ToLowerInvariant()]);
        return WorkingDirectory().IsMatch(prompt) ? new DemoIntent.Run(["pwd"]) : null;
    }

    [GeneratedRegex(@"\b(?:call|use|invoke|run)\b(?:\s+the)?(?:\s+(?:tool|function))?\s+[`""']?(?<name>[A-Za-z_][\w.\-]*)", Options, TimeoutMilliseconds)]
    private static partial Regex ToolName();

    [GeneratedRegex(@"\b(?:run|execute)\b", Options, TimeoutMilliseconds)]
    private static partial Regex RunVerb();

    [GeneratedRegex(@"`(?<command>[^`]+)`", Options, TimeoutMilliseconds)]
    private static partial Regex Backticked();

    // "run: X", "$ X", and "run X" unless X starts like a description ("run the tests").
    [GeneratedRegex(
        @"^\s*(?:(?:please\s+|can\s+you\s+|could\s+you\s+)?(?:run|execute)(?:\s+(?:the\s+)?(?:shell\s+)?command)?(?:\s*:\s*|\s+(?!(?:the|a|an|my|this|that|it|all|some|your|our)\b))|\$\s+)(?<command>\S.*?)\s*(?:,?\s+(?:and|then)\s+(?:then\s+)?(?:tell|show|report|say|give|explain|summari[sz]e)\b.*|[.?])?$",
        Options | RegexOptions.Multiline, TimeoutMilliseconds)]
    private static partial Regex BareCommand();

    [GeneratedRegex(@"\b(?:show|print|display|read|cat|open|view)\b[^\n]{0,80}?(?<![\w/.])(?<path>[\w./-]*[\w-]\.[A-Za-z]\w{0,9})(?![\w/])", Options, TimeoutMilliseconds)]
    private static partial Regex ReadFile();

    [GeneratedRegex(
        @"\b(?:list|show|print|display|see|what)\b[^\n]{0,80}?\b(?:files?|director(?:y|ies)|folders?|contents)\b(?:[^\n]{0,80}?\b(?:in|of|under)\s+(?:the\s+)?(?:directory\s+|folder\s+)?[`""']?(?!(?:the|this|that|my|here|current|working|director(?:y|ies)|folders?|it|a|an)\b)(?<path>[\w./~-]*\w/?|\.{1,2}))?",
        Options, TimeoutMilliseconds)]
    private static partial Regex ListFiles();

    [GeneratedRegex(@"\b(?:show|list|print|what|see)\b[^\n]{0,80}\bgit\s+(?<what>status|diff|log|branch)\b", Options, TimeoutMilliseconds)]
    private static partial Regex GitLook();

    [GeneratedRegex(@"\bwhere\s+am\s+i\b|\bpwd\b|\b(?:show|print|what)\b[^\n]{0,80}\b(?:current|working)\s+director", Options, TimeoutMilliseconds)]
    private static partial Regex WorkingDirectory();
}
