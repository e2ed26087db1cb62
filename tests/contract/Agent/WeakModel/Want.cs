using System.Text.Json;

namespace Codex.Contract.Tests.Agent.WeakModel;

/// <summary>What the model means to do, whatever tools it is offered.</summary>
internal abstract record Want
{
    private Want()
    {
    }

    public sealed record Run(string Command) : Want;

    public sealed record Read(string Path) : Want;

    public sealed record Write(string Path, string Content) : Want;

    /// <param name="Old">Whole lines, so that it can be a patch as well.</param>
    public sealed record Replace(string Path, string Old, string New) : Want;

    public sealed record Patch(string Text) : Want;

    /// <summary>A call as the model has it in its head, also when no such tool is offered.</summary>
    /// <param name="Arguments">JSON, or what the model takes for it.</param>
    public sealed record Call(string Name, string Arguments) : Want;

    public static Want Parse(JsonElement json)
    {
        var property = json.EnumerateObject().Single();
        return property.Name switch
        {
            "run" => new Run(property.Value.GetString()!),
            "read" => new Read(property.Value.GetString()!),
            "write" => new Write(TextOf(property.Value, "path"), TextOf(property.Value, "content")),
            "replace" => new Replace(TextOf(property.Value, "path"), TextOf(property.Value, "old"), TextOf(property.Value, "new")),
            "patch" => new Patch(property.Value.GetString()!),
            "call" => new Call(
                TextOf(property.Value, "name"),
                property.Value.GetProperty("arguments") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : property.Value.GetProperty("arguments").GetRawText()),
            var other => throw new InvalidDataException($"The model cannot want '{other}'."),
        };
    }

    private static string TextOf(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
