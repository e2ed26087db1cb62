namespace Codex.Translation.Responses.Reading;

/// <summary>All forms of <c>tool_choice</c>.</summary>
internal static class ToolChoiceReader
{
    public static ToolChoice Read(JsonField choice)
    {
        if (choice.IsString)
            return ReadWord(choice);
        if (!choice.IsObject)
        {
            choice.Wrong("a string or an object");
            return new ToolChoice.Auto();
        }

        var type = choice.RequiredString("type");
        return type switch
        {
            "function" or "custom" => ReadNamed(choice),
            // Tools without a name of their own are called by their type.
            "local_shell" or "tool_search" => new ToolChoice.Named(type, Namespace: null),
            "allowed_tools" => ReadAllowed(choice),
            "auto" => new ToolChoice.Auto(),
            "none" => new ToolChoice.None(),
            "required" => new ToolChoice.Required(),
            _ => new ToolChoice.Hosted(type),
        };
    }

    private static ToolChoice ReadWord(JsonField choice)
    {
        switch (choice.AsString())
        {
            case "auto":
                return new ToolChoice.Auto();
            case "none":
                return new ToolChoice.None();
            case "required" or "any":
                return new ToolChoice.Required();
            default:
                choice.Fault($"Invalid value for '{choice.Path}': supported are 'none', 'auto' and 'required'.", "invalid_value");
                return new ToolChoice.Auto();
        }
    }

    private static ToolChoice.Named ReadNamed(JsonField choice)
    {
        var place = choice.Get("function") ?? choice.Get("custom");
        var named = place is { IsObject: true } nested ? nested : choice;
        return new ToolChoice.Named(named.RequiredString("name"), named.String("namespace"));
    }

    private static ToolChoice.Allowed ReadAllowed(JsonField choice)
    {
        var place = choice.Get("allowed_tools") is { IsObject: true } nested ? nested : choice;
        var tools = place.List("tools", ReadAllowedTool);
        return new ToolChoice.Allowed(place.String("mode") == "required", [.. tools.OfType<ToolChoice.Named>()]);
    }

    /// <summary>Null for a tool of the vendor's servers, which is dropped where it is declared.</summary>
    private static ToolChoice.Named? ReadAllowedTool(JsonField tool) => tool.String("type") switch
    {
        "local_shell" or "tool_search" => new ToolChoice.Named(tool.String("type")!, Namespace: null),
        "function" or "custom" or null => ReadNamed(tool),
        _ => null,
    };
}
