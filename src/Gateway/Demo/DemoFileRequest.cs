using System.Text.RegularExpressions;

namespace Codex.Gateway.Demo;

/// <summary>Finds "create FILE with CONTENT" in a prompt.</summary>
internal static partial class DemoFileRequest
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const int TimeoutMilliseconds = 1000;

    private const string Greeting = "Hello from the demo model of codex-gateway.";

    public static DemoIntent.CreateFile? Read(string prompt)
    {
        var verb = Verb().Match(prompt);
        if (!verb.Success)
            return null;
        var rest = prompt[(verb.Index + verb.Length)..];
        var path = NamedFile().Match(rest);
        if (!path.Success)
            path = FileName().Match(rest);
        if (!path.Success)
            return null;
        var after = rest[(path.Index + path.Length)..];
        var content = Content(after) ?? Content(rest[..path.Index]) ?? Greeting;
        return new DemoIntent.CreateFile(path.Groups["path"].Value, content.TrimEnd('\n') + "\n");
    }

    private static string? Content(string text)
    {
        if (Fenced().Match(text) is { Success: true } fenced)
            return fenced.Groups["text"].Value;
        var introduced = Introduced().Match(text);
        if (!introduced.Success)
            return null;
        var words = text[(introduced.Index + introduced.Length)..].Trim();
        if (Quoted().Match(words) is { Success: true } quoted)
            return quoted.Groups["text"].Value;
        words = NextSentence().Replace(words.Split('\n')[0], "").Trim();
        if (words.EndsWith('.'))
            words = words[..^1];
        if (words.Length == 0)
            return null;
        if (!Described().IsMatch(words))
            return words;
        return words.Contains("greeting", StringComparison.OrdinalIgnoreCase) || words.Contains("hello", StringComparison.OrdinalIgnoreCase)
            ? Greeting
            : $"The demo model of codex-gateway wrote this file.\nAsked for: {words}";
    }

    [GeneratedRegex(@"\b(?:create|write|make|add|save|generate|put)\b", Options, TimeoutMilliseconds)]
    private static partial Regex Verb();

    [GeneratedRegex(@"\bfile\s+(?:named|called|at)\s+[`""']?(?<path>[\w./-]*\w)[`""']?", Options, TimeoutMilliseconds)]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"[`""']?(?<![\w/.-])(?<path>[\w./-]*\.?[\w-]+\.[A-Za-z]\w{0,9})(?![\w/])[`""']?", Options, TimeoutMilliseconds)]
    private static partial Regex FileName();

    [GeneratedRegex(@"```[^\n]*\n(?<text>.*?)```", Options | RegexOptions.Singleline, TimeoutMilliseconds)]
    private static partial Regex Fenced();

    [GeneratedRegex(
        @"\b(?:containing|contains|that\s+says|which\s+says|saying|that\s+reads|with)\b(?:\s+(?:exactly|only|just))*(?:\s+(?:the|this)\s+(?:content|contents|text|line|words?)|\s+(?:content|contents|text))?\s*:?\s*",
        Options, TimeoutMilliseconds)]
    private static partial Regex Introduced();

    [GeneratedRegex(@"\A(?<mark>[`""'])(?<text>.+?)\k<mark>", Options | RegexOptions.Singleline, TimeoutMilliseconds)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<=[.!?])\s+(?:then|use|after|do|reply|please|and|now|finally)\b.*\z|\s+(?:in|inside)\s+(?:it|the\s+file)\b.*\z|,?\s+(?:and\s+)?then\b.*\z", Options, TimeoutMilliseconds)]
    private static partial Regex NextSentence();

    [GeneratedRegex(@"\A(?:a|an|some|the)\s", Options, TimeoutMilliseconds)]
    private static partial Regex Described();
}
