using System.Collections.Immutable;
using System.Text;

namespace Codex.Agent.Configuration;

/// <summary>Reads <c>$CODEX_HOME/.env</c>: keys the user does not want in the shell's own environment.</summary>
internal static class DotEnv
{
    /// <summary>What steers this program itself is never taken from the file, as in Codex.</summary>
    private const string Reserved = "CODEX_";

    /// <summary>The environment with what the file adds; what is set already stays.</summary>
    public static ImmutableDictionary<string, string> Add(ImmutableDictionary<string, string> environment, string file, SettingsFindings findings)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return environment;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            findings.Warn($"{file} cannot be read and is left out; check its permissions");
            return environment;
        }

        var all = environment.ToBuilder();
        var number = 0;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (line.AsSpan().Trim() is [] or ['#', ..])
                continue;
            if (Read(line.Trim()) is not var (name, value))
                findings.Warn($"{file}:{number}: this line is no NAME=value and is left out");
            else if (!name.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase) && !environment.ContainsKey(name))
                all[name] = value;
        }

        return all.ToImmutable();
    }

    private static (string Name, string Value)? Read(string line)
    {
        if (line.StartsWith("export ", StringComparison.Ordinal))
            line = line[7..].TrimStart();
        var equals = line.IndexOf('=');
        if (equals <= 0 || line[..equals].TrimEnd() is var name && !IsName(name))
            return null;
        return Value(line[(equals + 1)..].TrimStart()) is { } value ? (name, value) : null;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>Null when a quote is not closed.</summary>
    private static string? Value(string text)
    {
        if (text is not ['"' or '\'', ..])
            return (text.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var comment ? text[..comment] : text).TrimEnd();
        var quote = text[0];
        var value = new StringBuilder();
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == quote)
                return value.ToString();
            if (quote == '"' && text[i] == '\\' && i + 1 < text.Length)
                value.Append(text[++i] switch { 'n' => '\n', 't' => '\t', var other => other });
            else
                value.Append(text[i]);
        }

        return null;
    }
}
