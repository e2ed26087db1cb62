using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Codex.Gateway.Configuration;

/// <summary>The way to a setting, shown as <c>Providers.local.BaseUrl</c>, with <c>["…"]</c> around names that hold a dot, colon or slash.</summary>
public readonly record struct KeyPath(ImmutableArray<string> Names)
{
    public static readonly KeyPath Root = new([]);

    public KeyPath Child(string name) => new(Names.Add(name));

    public KeyPath Item(int index) => new(Names.Add(index.ToString(CultureInfo.InvariantCulture)));

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var name in Names)
        {
            if (name.Length > 0 && name.All(char.IsAsciiDigit))
                text.Append('[').Append(name).Append(']');
            else if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '$'))
                text.Append("[\"").Append(name).Append("\"]");
            else
                text.Append(text.Length > 0 ? "." : "").Append(name);
        }

        return text.ToString();
    }
}
