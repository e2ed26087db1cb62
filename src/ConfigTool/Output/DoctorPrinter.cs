using System.Collections.Immutable;
using Codex.ConfigTool.Changes;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Doctor;
using Codex.ConfigTool.Files;
using Spectre.Console;

namespace Codex.ConfigTool.Output;

/// <summary>Tells what the doctor found.</summary>
internal sealed class DoctorPrinter(Invocation invocation)
{
    /// <param name="file">The file looked at.</param>
    /// <param name="provider">The provider looked at.</param>
    /// <param name="findings">What was found.</param>
    /// <param name="repaired">What became of repairs before; null when none were made.</param>
    /// <param name="exitCode">What the command ends with.</param>
    public void Print(ConfigFile file, string provider, ImmutableArray<Finding> findings, Report? repaired, int exitCode)
    {
        if (invocation.Style.Json)
        {
            invocation.Terminal.Output.WriteLine(Json(file, provider, findings, repaired, exitCode));
            return;
        }

        var shown = invocation.Style.Quiet ? [.. findings.Where(f => f.Severity == Severity.Error)] : findings;
        if (!invocation.Style.Quiet)
            Line($"{invocation.Shown(file.Path)}, provider '{Printable.Line(provider)}'", Color.Default);
        PrintFindings(file, shown);

        if (invocation.Style.Quiet)
            return;
        Line(Summary(findings), Color.Default);
        Line("", Color.Default);
        Line("When Codex says:", Color.Default);
        foreach (var symptom in Troubleshooting.All)
        {
            Line($"  {symptom.Words}", Color.Default);
            Line($"      {symptom.Advice}", Color.Default);
        }
    }

    public void PrintFindings(ConfigFile file, ImmutableArray<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var place = finding.Position is { } at ? $"{file.Name}:{at}: " : "";
            Line($"{finding.Code} {place}{finding.Message}", finding.Severity switch
            {
                Severity.Error => Color.Red,
                Severity.Warning => Color.Yellow,
                _ => Color.Default,
            });
            if (finding.Hint is not null)
                Line($"    hint: {finding.Hint}{(finding.Repairs.IsEmpty ? "" : " (--fix does it)")}", Color.Default);
        }
    }

    private static string Summary(ImmutableArray<Finding> findings)
    {
        var (errors, warnings) = (findings.Count(f => f.Severity == Severity.Error), findings.Count(f => f.Severity == Severity.Warning));
        return errors + warnings == 0 ? "Nothing is wrong as far as files show." : $"{errors} {(errors == 1 ? "error" : "errors")}, {warnings} {(warnings == 1 ? "warning" : "warnings")}.";
    }

    private static string Json(ConfigFile file, string provider, ImmutableArray<Finding> findings, Report? repaired, int exitCode) => ReportJson.Object(DoctorCommand.Name, json =>
    {
        json.WriteString("status", findings.Any(f => f.Severity == Severity.Error) ? "errors" : findings.Any(f => f.Severity == Severity.Warning) ? "warnings" : "healthy");
        json.WriteNumber("exitCode", exitCode);
        json.WriteString("file", file.Path);
        json.WriteString("provider", provider);
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("code", finding.Code);
            json.WriteString("message", finding.Message);
            json.WriteString("hint", finding.Hint);
            json.WriteBoolean("repairable", !finding.Repairs.IsEmpty);
            if (finding.Position is { } at)
            {
                json.WriteNumber("line", at.Line);
                json.WriteNumber("column", at.Column);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (repaired is null)
            return;
        json.WriteStartObject("fix");
        ReportJson.WriteFields(json, repaired, []);
        json.WriteEndObject();
    });

    private void Line(string text, Color color)
    {
        foreach (var line in text.Split('\n'))
            invocation.Terminal.WriteLine(Printable.Line(line), color, invocation.Style.Color);
    }
}
