using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Codex.Translation.Text;

/// <summary>
/// Finds calls without any marker, which count only where an answer ends with them: JSON in a fence or alone, JSON
/// whose opening tag is missing, calls in Python's form. What is followed by prose is an example.
/// </summary>
public static partial class ClosingCalls
{
    private const string ClosingTag = "</tool_call>";

    /// <summary>Empty when the answer ends otherwise, or when one of the calls names a tool that was not offered.</summary>
    public static ImmutableArray<LeakedCall> Find(string text, Func<string, bool> isOffered)
    {
        var answer = text.Trim();
        var calls = Fence().Match(answer) is { Success: true } fence
            ? InFence(fence.Groups["kind"].Value, fence.Groups["body"].Value.Trim())
            : Alone(answer);
        return calls.All(c => isOffered(c.Name)) ? [.. calls.Select(c => new LeakedCall(c.Name, c.Arguments, 0, text.Length))] : [];
    }

    private static ImmutableArray<ContentPiece.Call> InFence(string kind, string body) => kind switch
    {
        "tool_code" or "python" or "py" => PythonCallText.Read(body),
        "json" or "tool_call" or "tool" or "" => body.StartsWith('{') || body.StartsWith('[') ? LeakedCallText.ReadJson(body) : [],
        _ => [],
    };

    private static ImmutableArray<ContentPiece.Call> Alone(string answer)
    {
        if (answer.StartsWith('{'))
            return LeakedCallText.ReadJson(answer.EndsWith(ClosingTag, StringComparison.Ordinal) ? answer[..^ClosingTag.Length] : answer);
        if (answer.StartsWith('[') && answer.EndsWith(']'))
            return LeakedCallText.ReadJson(answer) is { Length: > 0 } json ? json : PythonCallText.Read(answer[1..^1]);
        return [];
    }

    [GeneratedRegex(@"(^|\n)```(?<kind>\w*)[ \t]*\n(?<body>((?!```).|\n)*?)\n?```$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();
}
