namespace Codex.Contract.Tests.Providers.Cases;

/// <summary>Tools the cases offer, as Codex declares them.</summary>
internal static class CaseTools
{
    public const string Weather =
        """{"type":"function","name":"get_weather","description":"Tells the weather of a city.","strict":false,"parameters":{"type":"object","properties":{"city":{"type":"string","description":"The city."}},"required":["city"],"additionalProperties":false}}""";

    public const string Clock =
        """{"type":"function","name":"get_time","description":"Tells the time in a city.","strict":false,"parameters":{"type":"object","properties":{"city":{"type":"string","description":"The city."}},"required":["city"],"additionalProperties":false}}""";

    public const string Note =
        """{"type":"custom","name":"write_note","description":"Writes a note. The input is the note itself, as plain text and not as JSON.","format":{"type":"grammar","syntax":"lark","definition":"start: /(.|\\n)+/"}}""";

    public const string Library =
        """{"type":"namespace","name":"mcp__library","description":"The town's library.","tools":[{"type":"function","name":"find_book","description":"Finds a book.","strict":false,"parameters":{"type":"object","properties":{"title":{"type":"string","description":"The title."}},"required":["title"]}}]}""";

    /// <summary>MCP servers declare such schemas; a choice at the root is refused by some.</summary>
    public const string Choice =
        """{"type":"function","name":"find_person","description":"Finds a person by name or by number.","strict":false,"parameters":{"type":"object","properties":{"name":{"type":"string"},"number":{"type":"integer"}},"anyOf":[{"required":["name"]},{"required":["number"]}]}}""";
}
