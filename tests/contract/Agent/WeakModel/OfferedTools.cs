using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Codex.Contract.Tests.StockClients;
using Codex.Gateway.Demo.Scripts;

namespace Codex.Contract.Tests.Agent.WeakModel;

/// <summary>The tools a request offers, and how a wish becomes a call of one of them.</summary>
internal sealed partial class OfferedTools
{
    private readonly ImmutableHashSet<string> _names;

    private OfferedTools(IEnumerable<string> names) => _names = [.. names];

    /// <summary>Those in the request, or those its instructions describe to a model that has no tools of its own.</summary>
    public static OfferedTools Of(ChatAsked asked) => asked.Tools.Count > 0
        ? new OfferedTools(asked.Tools.Keys)
        : new OfferedTools(Described().Matches(string.Join('\n', asked.Messages.Select(ChatAsked.Text))).Select(m => m.Groups[1].Value));

    /// <summary>Models differ in what they can; all do the same with the same tools.</summary>
    public (string Name, string Arguments) Render(Want want) => want switch
    {
        Want.Run run => Command(run.Command),
        Want.Read read when _names.Contains("read_file") => ("read_file", Object(("path", read.Path))),
        Want.Read read => Command($"cat {read.Path}"),
        Want.Write write when _names.Contains("write_file") => ("write_file", Object(("path", write.Path), ("content", write.Content))),
        Want.Write write when _names.Contains("apply_patch") => Patch($"*** Add File: {write.Path}\n{Lines('+', write.Content.TrimEnd('\n'))}"),
        Want.Write write => Command($"cat > {write.Path} <<'EOF'\n{write.Content.TrimEnd('\n')}\nEOF"),
        Want.Replace replace when _names.Contains("edit_file") => ("edit_file", Object(("path", replace.Path), ("old", replace.Old), ("new", replace.New))),
        Want.Replace replace => Patch($"*** Update File: {replace.Path}\n@@\n{Lines('-', replace.Old)}{Lines('+', replace.New)}"),
        // Who was trained on patches sends them by that name, offered or not.
        Want.Patch patch => ("apply_patch", Object(("input", patch.Text))),
        Want.Call call => (call.Name, call.Arguments),
        _ => throw new NotSupportedException(want.GetType().Name),
    };

    private (string Name, string Arguments) Command(string script) => _names.Contains("exec_command")
        ? ("exec_command", Object(("cmd", script)))
        : ("shell", Object(("command", script)));

    private (string Name, string Arguments) Patch(string body)
    {
        var patch = $"*** Begin Patch\n{body}*** End Patch\n";
        return _names.Contains("apply_patch") ? ("apply_patch", Object(("input", patch))) : Command($"apply_patch <<'EOF'\n{patch}EOF");
    }

    private static string Lines(char prefix, string text) => string.Concat(text.Split('\n').Select(line => $"{prefix}{line}\n"));

    private static string Object(params (string Name, string Value)[] fields) =>
        "{" + string.Join(", ", fields.Select(f => $"{ChatJson.Quote(f.Name)}: {ChatJson.Quote(f.Value)}")) + "}";

    [GeneratedRegex(@"^- (\w+): .* Arguments: \{", RegexOptions.Multiline, 1000)]
    private static partial Regex Described();
}
