using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Codex.ConfigTool.Changes;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Merge;
using Codex.Toml;
using Codex.Toml.Diff;
using Codex.Toml.Semantics;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Output;

/// <summary>What a command came to, for programs.</summary>
internal static class ReportJson
{
    private const int Schema = 1;
    private static readonly JsonWriterOptions Format = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="report">What the command came to.</param>
    /// <param name="further">What is left for the user to do.</param>
    public static string Write(Report report, IEnumerable<string> further) => Object(report.Command, json => WriteFields(json, report, further));

    /// <summary>The same within an object that is being written.</summary>
    public static void WriteFields(Utf8JsonWriter json, Report report, IEnumerable<string> further)
    {
        json.WriteString("status", report.Status switch
        {
            ChangeStatus.Written => "written",
            ChangeStatus.Unchanged => "unchanged",
            ChangeStatus.DryRun => "dry-run",
            ChangeStatus.Settled => "settled",
            _ => "refused",
        });
        json.WriteNumber("exitCode", report.ExitCode);
        json.WriteString("file", report.File);
        json.WriteString("resolved", report.Changes.IsEmpty ? null : report.Changes[0].File.RealPath);
        json.WriteStartArray("changes");
        foreach (var change in report.Changes)
            Changes(json, change);
        json.WriteEndArray();
        json.WriteString("diff", string.Concat(report.Changes.Where(c => !c.IsEmpty).SelectMany(c => DiffText.Lines(c)).Select(l => l + "\n")));
        json.WriteString("backup", report.Backup);
        json.WriteString("operation", report.Operation);
        Warnings(json, report.Notices);
        json.WriteStartArray("next");
        foreach (var line in report.Status is ChangeStatus.Refused or ChangeStatus.Unchanged ? [] : further)
            json.WriteStringValue(line);
        json.WriteEndArray();
        Error(json, report.Refusal);
        json.WriteStartArray("conflicts");
        foreach (var conflict in report.Conflicts)
        {
            json.WriteStartObject();
            json.WriteString("path", conflict.Key);
            json.WriteString("old", conflict.Theirs);
            json.WriteString("new", conflict.Ours);
            json.WriteNumber("line", conflict.Position.Line);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>An object with the fields every answer has, and more.</summary>
    public static string Object(string command, Action<Utf8JsonWriter> fields)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Format))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            json.WriteString("command", command);
            fields(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static void Warnings(Utf8JsonWriter json, IEnumerable<Notice> notices)
    {
        json.WriteStartArray("warnings");
        foreach (var notice in notices)
        {
            json.WriteStartObject();
            json.WriteString("code", notice.Code);
            json.WriteString("message", notice.Message);
            if (notice.Position is { } at)
            {
                json.WriteNumber("line", at.Line);
                json.WriteNumber("column", at.Column);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Error(Utf8JsonWriter json, Refusal? refusal)
    {
        if (refusal is null)
            return;
        json.WriteStartObject("error");
        json.WriteString("message", refusal.Message);
        json.WriteString("hint", refusal.Hint);
        json.WriteEndObject();
    }

    private static void Changes(Utf8JsonWriter json, PlannedChange change)
    {
        var (before, after) = (TomlDocument.Parse(change.Before), TomlDocument.Parse(change.After.GetValueOrDefault()));
        foreach (var difference in change.ByProvider())
        {
            var (kind, old, now) = difference switch
            {
                SemanticDifference.Added { New: TomlValue.Table } added => ("added", null, added.New),
                SemanticDifference.Added added => ("set", null, added.New),
                SemanticDifference.Changed changed => ("changed", changed.Old, changed.New),
                SemanticDifference.Removed removed => ("removed", removed.Old, (TomlValue?)null),
                _ => throw new InvalidOperationException(),
            };
            var key = difference.Path.Last.Key ?? "";
            json.WriteStartObject();
            json.WriteString("path", difference.Path.ToString());
            json.WriteString("kind", kind);
            json.WriteString("old", old is null ? null : SecretMask.Value(key, old));
            json.WriteString("new", now is null ? null : SecretMask.Value(key, now));
            json.WriteNumber("line", now is null ? Line(before, difference.Path) : Line(after, difference.Path));
            json.WriteEndObject();
        }
    }

    private static int Line(TomlDocument document, TomlPath path) =>
        document.Find(path) is TomlNode node ? MergePlanner.PositionOf(document, node).Line : 1;
}
