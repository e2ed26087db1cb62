using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Codex.Gateway.Configuration;

/// <summary>Reads a settings file: JSON with comments and trailing commas, every node with its line.</summary>
internal static class JsonSettings
{
    private static readonly JsonReaderOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 32,
    };

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <param name="path">As the user knows it, for error texts.</param>
    public static JsonSettingsRead Read(ReadOnlySpan<byte> utf8, string path)
    {
        if (utf8.StartsWith(ByteOrderMark))
            utf8 = utf8[3..];
        if (utf8.Trim(" \t\r\n"u8).IsEmpty)
            return new JsonSettingsRead.Malformed(new(new SettingPlace.File(path, 1), KeyPath.Root, "is empty; write at least { }"));
        var lines = new LineCounter(utf8, path);
        var reader = new Utf8JsonReader(utf8, Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return new JsonSettingsRead.Malformed(new(lines.Place(ref reader), KeyPath.Root, "a configuration is one JSON object: { … }"));
            var duplicates = new List<ConfigurationProblem>();
            var root = (SettingNode.Section)ReadNode(ref reader, ref lines, KeyPath.Root, duplicates);
            _ = reader.Read();
            return duplicates.Count > 0 ? new JsonSettingsRead.Malformed(duplicates[0]) : new JsonSettingsRead.Good(root);
        }
        catch (JsonException e)
        {
            var line = (int)(e.LineNumber ?? 0) + 1;
            return new JsonSettingsRead.Malformed(new(new SettingPlace.File(path, line), KeyPath.Root, $"not valid JSON: {FirstSentence(e.Message)}"));
        }
        catch (InvalidOperationException)
        {
            // GetString on bytes that are not UTF-8, or on half of a surrogate pair.
            return new JsonSettingsRead.Malformed(new(lines.Place(ref reader), KeyPath.Root, "not valid UTF-8"));
        }
    }

    private static SettingNode ReadNode(ref Utf8JsonReader reader, ref LineCounter lines, KeyPath path, List<ConfigurationProblem> duplicates)
    {
        var place = lines.Place(ref reader);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadSection(ref reader, ref lines, path, place, duplicates);
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<SettingNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(ReadNode(ref reader, ref lines, path.Item(items.Count), duplicates));
                return new SettingNode.Sequence(place, items.ToImmutable());
            case JsonTokenType.String:
                return new SettingNode.Scalar(place, ScalarKind.Text, reader.GetString()!);
            case JsonTokenType.Number:
                return new SettingNode.Scalar(place, ScalarKind.Number, Encoding.ASCII.GetString(reader.ValueSpan));
            case JsonTokenType.Null:
                return new SettingNode.Scalar(place, ScalarKind.Null, "null");
            default:
                return new SettingNode.Scalar(place, ScalarKind.Boolean, reader.GetBoolean() ? "true" : "false");
        }
    }

    private static SettingNode.Section ReadSection(
        ref Utf8JsonReader reader, ref LineCounter lines, KeyPath path, SettingPlace.File place, List<ConfigurationProblem> duplicates)
    {
        var settings = ImmutableArray.CreateBuilder<Setting>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var namePlace = lines.Place(ref reader);
            if (settings.FirstOrDefault(s => s.IsNamed(name)) is { Place: SettingPlace.File first })
                duplicates.Add(new(namePlace, path.Child(name), $"is written twice; first on line {first.Line}"));
            _ = reader.Read();
            settings.Add(new Setting(name, namePlace, ReadNode(ref reader, ref lines, path.Child(name), duplicates)));
        }

        return new SettingNode.Section(place, settings.ToImmutable());
    }

    private static string FirstSentence(string message)
    {
        // The library appends " LineNumber: … | BytePositionInLine: …"; the line is already in front.
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    /// <summary>Counts lines once over the whole text, since tokens are asked for in order.</summary>
    private ref struct LineCounter(ReadOnlySpan<byte> utf8, string path)
    {
        private readonly ReadOnlySpan<byte> _utf8 = utf8;
        private int _position;
        private int _line = 1;

        public SettingPlace.File Place(ref Utf8JsonReader reader)
        {
            var target = (int)reader.TokenStartIndex;
            if (target > _position)
            {
                _line += _utf8[_position..target].Count((byte)'\n');
                _position = target;
            }

            return new SettingPlace.File(path, _line);
        }
    }
}

internal abstract record JsonSettingsRead
{
    private JsonSettingsRead()
    {
    }

    public sealed record Good(SettingNode.Section Root) : JsonSettingsRead;

    public sealed record Malformed(ConfigurationProblem Problem) : JsonSettingsRead;
}
