using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Codex.Agent.Skills;

/// <summary>The YAML between two lines of dashes at the top of a markdown file, as far as it is a table of texts.</summary>
/// <param name="Values">Texts by their keys; inner tables as <c>outer.inner</c>.</param>
/// <param name="Body">Everything below.</param>
internal sealed partial record FrontMatter(ImmutableDictionary<string, string> Values, string Body)
{
    private const string Line = "---";

    /// <summary>More is no description of anything.</summary>
    private const int Longest = 16 * 1024;

    /// <summary>The reader of YAML takes time in the square of them.</summary>
    private const int MostBrackets = 200;

    private static readonly ImmutableDictionary<string, string> Nothing = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Without the lines of dashes everything is body. Null, with the reason, when the YAML is broken beyond a missing quote.</summary>
    public static (FrontMatter? Read, string? Problem) Parse(string text)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var end = lines[0].TrimEnd() == Line ? Array.FindIndex(lines, 1, l => l.TrimEnd() == Line) : -1;
        if (end < 0)
            return (new FrontMatter(Nothing, string.Join('\n', lines)), null);
        var (values, problem) = ParseYaml(string.Join('\n', lines[1..end]));
        return values is null ? (null, problem) : (new FrontMatter(values, string.Join('\n', lines[(end + 1)..])), null);
    }

    public static (ImmutableDictionary<string, string>? Values, string? Problem) ParseYaml(string yaml)
    {
        if (yaml.Length > Longest)
            return (null, "its YAML is too long");
        if (yaml.AsSpan().Count('[') + yaml.AsSpan().Count('{') > MostBrackets)
            return (null, "its YAML is nested too deep");
        var (values, problem) = ParseStrictly(yaml);
        // People write "description: Use this: it helps", which is no YAML.
        return values is not null || ParseStrictly(Quoted(yaml)) is not ({ } mended, _) ? (values, problem) : (mended, null);
    }

    /// <summary>Reads events, not a tree: neither depth nor references of the text cost a stack or a copy.</summary>
    private static (ImmutableDictionary<string, string>? Values, string? Problem) ParseStrictly(string yaml)
    {
        var values = Nothing.ToBuilder();
        var open = new Stack<Collection>();
        try
        {
            var parser = new Parser(new StringReader(yaml));
            while (parser.MoveNext())
            {
                switch (parser.Current)
                {
                    case MappingStart or SequenceStart:
                        open.TryPeek(out var around);
                        var inner = around is null ? "" : around.TakeKey() is { } name ? name + "." : null;
                        open.Push(new Collection(parser.Current is MappingStart ? inner : null));
                        break;
                    case MappingEnd or SequenceEnd:
                        open.Pop();
                        break;
                    case Scalar scalar when open.TryPeek(out var table):
                        if (!table.AwaitsValue)
                            table.Key = scalar.Value;
                        else if (table.TakeKey() is { } key)
                            values[key] = scalar.Value;
                        break;
                    case AnchorAlias when open.TryPeek(out var table):
                        if (!table.AwaitsValue)
                            table.Key = "";
                        else
                            table.TakeKey();
                        break;
                }
            }
        }
        catch (YamlException error)
        {
            return (null, $"line {error.Start.Line} of its YAML is broken");
        }

        return (values.ToImmutable(), null);
    }

    private static string Quoted(string yaml)
    {
        var mended = new StringBuilder();
        foreach (var line in yaml.Split('\n'))
        {
            var match = PlainPair().Match(line);
            mended.Append(match.Success
                ? $"{match.Groups["key"].Value}: \"{match.Groups["value"].Value.TrimEnd().Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
                : line).Append('\n');
        }

        return mended.ToString();
    }

    [GeneratedRegex("""^(?<key>\s*[A-Za-z0-9_-]+):\s+(?<value>[^\s"'|>\[{&*].*:.*)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainPair();

    /// <summary>A table or a list that is being read.</summary>
    /// <param name="path">Of its keys; null where they mean nothing here.</param>
    private sealed class Collection(string? path)
    {
        public string? Key { get; set; }

        public bool AwaitsValue => Key is not null;

        /// <summary>The whole path of the key that has its value now.</summary>
        public string? TakeKey()
        {
            var key = path is null || Key is null ? null : path + Key;
            // A table in place of a key is no key anybody asks for.
            Key = Key is null && path is not null ? "" : null;
            return key;
        }
    }
}
