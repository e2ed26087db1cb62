using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Codex.Translation.Responses.Reading;

/// <summary>Where a value stands in a body; written out only when something is wrong there.</summary>
internal sealed record JsonPath(JsonPath? Parent, string? Key, int Index)
{
    public static readonly JsonPath Root = new(Parent: null, Key: null, Index: -1);

    public JsonPath Of(string key) => new(this, key, Index: -1);

    public JsonPath Of(int index) => new(this, Key: null, index);

    /// <summary>As OpenAI writes it: <c>input[3].content[0].text</c>; empty for the body itself.</summary>
    public override string ToString()
    {
        if (Parent is null)
            return "";
        var parent = Parent.ToString();
        if (Key is null)
            return string.Create(CultureInfo.InvariantCulture, $"{parent}[{Index}]");
        return parent.Length == 0 ? Key : parent + "." + Key;
    }

    /// <summary>Line and byte column (both from 1) of the value in the body; of what should hold it when it is missing.</summary>
    public (int Line, int Column)? Find(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = ResponsesRequestReader.MostLevels });
        if (!reader.Read() || !MoveTo(ref reader))
            return Parent?.Find(body);
        var before = body[..(int)reader.TokenStartIndex];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, before.Length - lineStart + 1);
    }

    private bool MoveTo(ref Utf8JsonReader reader)
    {
        if (Parent is null)
            return true;
        if (!Parent.MoveTo(ref reader))
            return false;
        return Key is null ? MoveToIndex(ref reader) : MoveToKey(ref reader, Encoding.UTF8.GetBytes(Key));
    }

    private bool MoveToIndex(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (i == Index)
                return true;
            reader.Skip();
        }

        return false;
    }

    private static bool MoveToKey(ref Utf8JsonReader reader, ReadOnlySpan<byte> key)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(key);
            reader.Read();
            if (found)
                return true;
            reader.Skip();
        }

        return false;
    }
}
