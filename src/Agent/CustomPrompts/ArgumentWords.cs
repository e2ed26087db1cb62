using System.Collections.Immutable;
using System.Text;

namespace Codex.Agent.CustomPrompts;

/// <summary>Splits what a user types after a command into words, with the quotes of a shell and nothing else of it.</summary>
internal static class ArgumentWords
{
    /// <summary>Null when a quote is not closed.</summary>
    public static ImmutableArray<string>? Split(string text)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        StringBuilder? word = null;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
            {
                if (c == quote)
                    quote = '\0';
                else if (c == '\\' && quote == '"' && i + 1 < text.Length && text[i + 1] is '"' or '\\')
                    word!.Append(text[++i]);
                else
                    word!.Append(c);
            }
            else if (c is '"' or '\'')
            {
                quote = c;
                word ??= new StringBuilder();
            }
            else if (char.IsWhiteSpace(c))
            {
                Close();
            }
            else
            {
                (word ??= new StringBuilder()).Append(c == '\\' && i + 1 < text.Length ? text[++i] : c);
            }
        }

        Close();
        return quote == '\0' ? words.ToImmutable() : null;

        void Close()
        {
            if (word is not null)
                words.Add(word.ToString());
            word = null;
        }
    }
}
