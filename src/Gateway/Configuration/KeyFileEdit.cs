using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Codex.Gateway.Configuration;

/// <summary>
/// Adds and removes gateway keys in the text of <c>gateway.json</c> and leaves every other byte as it is. What comes
/// out is read again: should it mean anything but the one change asked for, it is refused.
/// </summary>
internal static class KeyFileEdit
{
    private const string Keys = nameof(GatewayOptions.Keys);

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <param name="file">Empty where there is no file yet.</param>
    /// <param name="key">The value beside the name, on one line.</param>
    public static KeyFileEdited Add(ReadOnlySpan<byte> file, string path, string name, JsonObject key)
    {
        if (file.Trim(" \t\r\n"u8).IsEmpty)
            file = "{\n}\n"u8;
        if (Refusal(file, path) is { } reason)
            return new KeyFileEdited.Refused(reason);
        var root = JsonObjectLayout.OfRoot(file);
        var text = $"{Quote(name)}: {{ {string.Join(", ", key.Select(p => $"{Quote(p.Key)}: {p.Value!.ToJsonString()}"))} }}";
        byte[] edited;
        if (root.Find(Keys) is { } entry)
        {
            if (JsonObjectLayout.Of(file, entry.ValueStart) is not { } keys)
                return new KeyFileEdited.Refused($"{path}: {Keys} is not an object; write \"{Keys}\": {{ }} first");
            if (keys.Find(name) is not null)
                return new KeyFileEdited.Refused($"{path}: there is a key '{name}' already; choose another name, or take it back first: codex-gateway keys revoke {name}");
            edited = keys.Insert(file, text);
        }
        else
        {
            edited = root.Insert(file, $"\"{Keys}\": {{ {text} }}");
        }

        return Verified(file, edited, path, expected => Section(expected)[name] = key.DeepClone());
    }

    public static KeyFileEdited Remove(ReadOnlySpan<byte> file, string path, string name)
    {
        if (Refusal(file, path) is { } reason)
            return new KeyFileEdited.Refused(reason);
        if (JsonObjectLayout.OfRoot(file).Find(Keys) is not { } entry
            || JsonObjectLayout.Of(file, entry.ValueStart) is not { } keys
            || keys.Find(name) is not { } found)
        {
            return new KeyFileEdited.Refused($"{path}: there is no key '{name}'; codex-gateway keys list shows which there are");
        }

        return Verified(file, keys.Remove(file, found), path, expected => Section(expected).Remove(found.Name));
    }

    private static string Quote(string text) => JsonValue.Create(text)!.ToJsonString();

    private static string? Refusal(ReadOnlySpan<byte> file, string path) =>
        JsonSettings.Read(file, path) is JsonSettingsRead.Malformed malformed ? malformed.Problem.ToString() : null;

    private static KeyFileEdited Verified(ReadOnlySpan<byte> before, byte[] after, string path, Action<JsonObject> change)
    {
        var expected = Parse(before);
        change(expected);
        return JsonSettings.Read(after, path) is JsonSettingsRead.Good && JsonNode.DeepEquals(expected, Parse(after))
            ? new KeyFileEdited.Done([.. after])
            : new KeyFileEdited.Refused($"{path}: its layout is too unusual to be changed safely; nothing was written. Move {Keys} to the end of the file and try again");
    }

    private static JsonObject Parse(ReadOnlySpan<byte> file) =>
        JsonNode.Parse(JsonObjectLayout.WithoutMark(file), documentOptions: Lenient)!.AsObject();

    private static JsonObject Section(JsonObject root)
    {
        if (root.FirstOrDefault(p => p.Key.Equals(Keys, StringComparison.OrdinalIgnoreCase)).Value is JsonObject section)
            return section;
        var added = new JsonObject();
        root[Keys] = added;
        return added;
    }
}

internal abstract record KeyFileEdited
{
    private KeyFileEdited()
    {
    }

    public sealed record Done(ImmutableArray<byte> File) : KeyFileEdited;

    /// <param name="Reason">A line with the place and the next step.</param>
    public sealed record Refused(string Reason) : KeyFileEdited;
}
