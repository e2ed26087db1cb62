using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Codex.Gateway.Demo.Scripts;

namespace Codex.Contract.Tests.Providers.Scripted;

/// <summary>What a model wants to answer, before a backend says it in its manner.</summary>
internal sealed record ModelReply(string Content, ImmutableArray<ModelCall> Calls)
{
    public bool IsCut { get; init; }
}

internal sealed record ModelCall(string Name, string Arguments);

/// <summary>
/// A model that does what the cases ask, by the words of the request alone: it finds facts in the conversation,
/// calls tools that are named, repeats, counts, and fills shapes with the words that stand behind their names.
/// </summary>
internal static partial class ObedientModel
{
    private static readonly string[] Numbers = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    /// <param name="boundByGrammar">A response format leaves no room for calls.</param>
    public static ModelReply Answer(ChatPrompt prompt, bool boundByGrammar)
    {
        var asked = prompt.Messages.Where(m => ChatPrompt.Role(m) == "user").Select(ChatPrompt.Words).LastOrDefault("");
        if (ChatPrompt.Role(prompt.Messages[^1]) == "tool")
            return Words("It says: " + ChatPrompt.Words(prompt.Messages[^1]));
        if (!(boundByGrammar && prompt.Format is not null) && Wanted(prompt, asked) is { IsEmpty: false } calls)
            return new ModelReply("", calls);
        if (SchemaOf(prompt) is { } schema)
            return Words(Fill(schema, asked));
        return Cut(Sentence(prompt, asked), prompt.MaxTokens);
    }

    private static ModelReply Words(string content) => new(content, []);

    private static ImmutableArray<ModelCall> Wanted(ChatPrompt prompt, string asked)
    {
        var tools = prompt.Tools;
        var wanted = prompt.ToolChoice switch
        {
            "none" => [],
            "required" => tools.Take(1),
            "auto" => tools.Where(t => asked.Contains(t.OwnName, StringComparison.Ordinal)),
            var name => tools.Where(t => t.Name == name),
        };
        return [.. wanted.Select(t => new ModelCall(t.Name, Fill(t.Parameters, asked)))];
    }

    private static JsonElement? SchemaOf(ChatPrompt prompt)
    {
        if (prompt.Schema is { } schema)
            return schema;
        if (SchemaInWords().Match(ChatPrompt.Words(prompt.Messages[0])) is not { Success: true } found)
            return null;
        using var document = JsonDocument.Parse(found.Groups[1].Value);
        return document.RootElement.Clone();
    }

    private static string Fill(JsonElement schema, string asked) => ChatJson.Text(writer =>
    {
        writer.WriteStartObject();
        foreach (var property in schema.GetProperty("properties").EnumerateObject())
        {
            var word = property.Name == "input" && Fenced().Match(asked) is { Success: true } block
                ? block.Groups[1].Value
                : Regex.Match(asked, $@"\b{Regex.Escape(property.Name)} (\w+)", RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } found ? found.Groups[1].Value : null;
            if (word is null)
                continue;
            if (ChatPrompt.Text(property.Value, "type") == "integer")
                writer.WriteNumber(property.Name, int.Parse(word, CultureInfo.InvariantCulture));
            else
                writer.WriteString(property.Name, word);
        }

        writer.WriteEndObject();
    });

    private static string Sentence(ChatPrompt prompt, string asked)
    {
        if (OneWord().Match(asked) is { Success: true } word)
            return word.Groups[1].Value;
        if (Exactly().Match(asked) is { Success: true } text)
            return text.Groups[1].Value;
        if (asked.Contains("17 + 25", StringComparison.Ordinal))
            return "42";
        if (asked.StartsWith("Count", StringComparison.Ordinal))
            return string.Join(' ', Enumerable.Range(0, 200).Select(i => Numbers[i % 10]));
        if (asked.Contains("colour fills this picture", StringComparison.Ordinal))
            return prompt.Messages.Any(ChatPrompt.HasPicture) ? "Red." : "There is no picture.";
        var all = string.Join('\n', prompt.Messages.Select(ChatPrompt.Words));
        var facts = Questions().Matches(asked).Select(q => Fact(all, q.Groups[1].Value)).ToList();
        return facts.Count == 0 ? "Hello." : string.Join(' ', facts);
    }

    private static string Fact(string all, string subject) =>
        Regex.Match(all, $@"The {Regex.Escape(subject)} is \w+", RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } found
            ? found.Value + "."
            : $"I do not know the {subject}.";

    private static ModelReply Cut(string content, int? limit)
    {
        var words = content.Split(' ');
        return limit < words.Length
            ? Words(string.Join(' ', words.Take(limit.Value))) with { IsCut = true }
            : Words(content);
    }

    [GeneratedRegex(@"exactly this one word: (\w+)", RegexOptions.None, 1000)]
    private static partial Regex OneWord();

    [GeneratedRegex("Repeat exactly, and say nothing else: (.+)", RegexOptions.None, 1000)]
    private static partial Regex Exactly();

    [GeneratedRegex("[Ww]hat is the ((?:code word|\\w+))", RegexOptions.None, 1000)]
    private static partial Regex Questions();

    [GeneratedRegex("```\n(.*?)\n```", RegexOptions.Singleline, 1000)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"JSON schema:\n(\{.*\})", RegexOptions.None, 1000)]
    private static partial Regex SchemaInWords();
}
