namespace Codex.Translation.Responses.Reading;

/// <summary>One entry of <c>tools</c>.</summary>
internal static class ToolReader
{
    public static Tool Read(JsonField tool)
    {
        if (!tool.IsObject)
        {
            tool.Wrong("an object");
            return new Tool.Hosted("", tool.Value);
        }

        var type = tool.RequiredString("type");
        return type switch
        {
            "function" => ReadFunction(tool),
            "custom" => new Tool.Custom(ReadName(tool), tool.String("description"), ReadGrammar(tool)),
            "namespace" => new Tool.Namespace(ReadName(tool), tool.String("description"), tool.List("tools", Read)),
            "tool_search" => new Tool.ToolSearch(tool.String("description"), tool.Get("parameters")?.Value),
            "local_shell" => new Tool.LocalShell(),
            _ when type.StartsWith("web_search", StringComparison.Ordinal) => new Tool.WebSearch(tool.Value),
            _ => new Tool.Hosted(type, tool.Value),
        };
    }

    private static Tool.Function ReadFunction(JsonField tool)
    {
        // The chat API nests the definition; some clients send that form here.
        var place = tool.Get("function") is { IsObject: true } nested ? nested : tool;
        if (place.Get("parameters") is { IsObject: false } parameters)
            parameters.Wrong("an object");
        return new Tool.Function(ReadName(place), place.String("description"), place.Get("parameters")?.Value, place.Bool("strict"));
    }

    private static string ReadName(JsonField tool)
    {
        var name = tool.RequiredString("name");
        if (name.Length == 0)
            tool.Fault($"Invalid value for '{tool.Path}.name': a tool needs a name.", "invalid_value");
        return name;
    }

    private static ToolGrammar? ReadGrammar(JsonField tool)
    {
        if (tool.Get("format") is not { } format || format.String("type") != "grammar")
            return null;
        var place = format.Get("grammar") is { IsObject: true } nested ? nested : format;
        return new ToolGrammar(place.RequiredString("syntax"), place.RequiredString("definition"));
    }
}
