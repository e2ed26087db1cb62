using System.Globalization;
using System.Text.Json;

namespace Codex.Contract.Tests.Providers;

/// <summary>Judgements that several cases share. Wording is the model's own business: only a word or a shape is asked for.</summary>
internal static class Checks
{
    public static readonly Outcome Pass = new Outcome.Pass();

    /// <summary>The answer is complete and holds each of the words, whatever stands around them.</summary>
    public static Func<CaseAnswer, Outcome> Says(params string[] words) => answer =>
        NotCompleted(answer)
        ?? (Array.Find(words, w => !answer.Said.Contains(w, StringComparison.OrdinalIgnoreCase)) is { } missing
            ? new Outcome.Fail($"it does not say \"{missing}\" but \"{Short(answer.Said)}\"")
            : Pass);

    /// <summary>The tool is called once, and its arguments pass.</summary>
    public static Func<CaseAnswer, Outcome> Calls(string name, Func<JsonElement, string?> flaw) => answer =>
        NotCompleted(answer) ?? (answer.Calls switch
        {
            [var call] => CallFlaw(call, name, flaw) is { } wrong ? new Outcome.Fail(wrong) : Pass,
            [] => new Outcome.Fail($"it calls no tool but says \"{Short(answer.Said)}\""),
            var more => new Outcome.Fail($"it calls {more.Length.ToString(CultureInfo.InvariantCulture)} tools"),
        });

    public static Outcome? NotCompleted(CaseAnswer answer) => (answer.Status, answer.ResponseStatus) switch
    {
        (200, "completed") => null,
        (200, "incomplete") => new Outcome.Fail("the answer is cut short"),
        (200, "") => new Outcome.Fail("the stream ends without an end"),
        (200, var status) => new Outcome.Fail($"the response is {status}: {answer.ErrorMessage}"),
        var (status, _) => new Outcome.Fail($"HTTP {status.ToString(CultureInfo.InvariantCulture)}: {answer.ErrorMessage}"),
    };

    /// <summary>What is wrong with a call of a function, or null.</summary>
    public static string? CallFlaw(JsonElement call, string name, Func<JsonElement, string?> flaw)
    {
        if (CaseAnswer.Text(call, "type") != "function_call")
            return "the call is not a function_call";
        if (CaseAnswer.Text(call, "name") != name)
            return $"it calls {CaseAnswer.Text(call, "name")} instead of {name}";
        var text = CaseAnswer.Text(call, "arguments") ?? "";
        try
        {
            using var arguments = JsonDocument.Parse(text);
            return flaw(arguments.RootElement);
        }
        catch (JsonException)
        {
            return $"the arguments are not JSON: {Short(text)}";
        }
    }

    /// <summary>An argument that must hold a word.</summary>
    public static Func<JsonElement, string?> Argument(string key, string word) => arguments =>
        CaseAnswer.Text(arguments, key) is { } value && value.Contains(word, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"the argument {key} is not \"{word}\": {Short(arguments.GetRawText())}";

    public static string Short(string text) => text.Length <= 120 ? text : text[..120] + "…";
}
