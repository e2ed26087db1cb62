using System.Text;
using System.Text.Json;
using Codex.Agent.Conversation;
using Codex.Agent.Doctor;
using Codex.Agent.Interactive.Screen;

namespace Codex.Agent.Output;

/// <summary>Tells what the doctor found, laid out as <c>codex-config doctor</c> does it.</summary>
internal sealed class DoctorReport(Style style)
{
    /// <summary>Of the JSON's form; grows when a field changes its meaning.</summary>
    private const int Schema = 1;

    public string Line(Finding finding)
    {
        var line = $"{finding.Code} {OneLine(finding.Message)}";
        var shown = finding.Severity switch
        {
            Severity.Error => style.Bad(line),
            Severity.Warning => style.Warning(line),
            _ => line,
        };
        return finding.Hint is { } hint ? $"{shown}\n    hint: {OneLine(hint)}\n" : shown + "\n";
    }

    public static string Summary(IReadOnlyCollection<Finding> findings)
    {
        var (errors, warnings) = (findings.Count(f => f.Severity == Severity.Error), findings.Count(f => f.Severity == Severity.Warning));
        return errors + warnings == 0 ? "Nothing is wrong.\n" : $"{Count(errors, "error")}, {Count(warnings, "warning")}.\n";
    }

    public static string Json(IReadOnlyCollection<Finding> findings, string version, int exitCode)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, ConversationJson.Options with { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("schema"u8, Schema);
            json.WriteString("command"u8, "doctor"u8);
            json.WriteString("status"u8, findings.Any(f => f.Severity == Severity.Error) ? "errors" : findings.Any(f => f.Severity == Severity.Warning) ? "warnings" : "healthy");
            json.WriteNumber("exitCode"u8, exitCode);
            json.WriteString("version"u8, version);
            json.WriteStartArray("findings"u8);
            foreach (var finding in findings)
            {
                json.WriteStartObject();
                json.WriteString("code"u8, finding.Code);
                json.WriteString("message"u8, finding.Message);
                json.WriteString("hint"u8, finding.Hint);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    /// <summary>Words of files and servers must not steer the terminal.</summary>
    private static string OneLine(string text) => PlainText.Of(text).Replace('\n', ' ');

    private static string Count(int number, string word) => $"{number} {word}{(number == 1 ? "" : "s")}";
}
