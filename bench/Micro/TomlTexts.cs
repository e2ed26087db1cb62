using System.Text;

namespace Codex.Bench.Micro;

/// <summary>Texts of a given length: one like a user's configuration, the others made to be slow to read.</summary>
internal static class TomlTexts
{
    public static byte[] Create(string shape, int bytes) => Encoding.UTF8.GetBytes(shape switch
    {
        "configuration" => Repeat("", i => $"[model_providers.p{i}]\nname = \"p{i}\" # comment\nbase_url = 'https://host/v1'\nretries = 4\nquery_params = {{ a = \"b\" }}\n\n", "", bytes),
        "headers" => Repeat("", i => $"[t.k{i}]\n", "", bytes),
        "array of tables" => Repeat("", _ => "[[t]]\n", "", bytes),
        "dotted keys" => Repeat("", i => $"{string.Join('.', Enumerable.Repeat("k", 200))}.n{i} = 1\n", "", bytes),
        "nested arrays" => Repeat("a = [", _ => new string('[', 250) + new string(']', 250) + ",", "]", bytes),
        "nested braces" => Repeat("a = [", _ => string.Concat(Enumerable.Repeat("{a=", 250)) + "1" + new string('}', 250) + ",", "]", bytes),
        "elements" => Repeat("a = [", _ => "1,", "]", bytes),
        "escapes" => Repeat("a = \"", _ => "\\u00e9", "\"", bytes),
        "open brackets" => Repeat("a = ", _ => "[", "", bytes),
        "open string" => Repeat("a = \"\"\"", _ => "\\\"\"\"\n", "", bytes),
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    });

    private static string Repeat(string start, Func<int, string> piece, string end, int bytes)
    {
        var text = new StringBuilder(start, bytes);
        for (var i = 0; ; i++)
        {
            var next = piece(i);
            if (text.Length + next.Length + end.Length > bytes)
                return text.Append(end).ToString();
            text.Append(next);
        }
    }
}
