using System.Text.RegularExpressions;
using Codex.ConfigTool.Doctor;

namespace Codex.ConfigTool.Tests.Doctor;

public sealed partial class TroubleshootingTests
{
    private static readonly string? Document = Above("shared/user-docs/tensormesh-codex.md");

    [Fact]
    public void The_doctor_names_every_symptom()
    {
        using var run = new ToolRun();

        var output = run.Run("doctor").Output;

        foreach (var symptom in Troubleshooting.All)
            output.ShouldContain(symptom.Words);
    }

    [Fact]
    public void Codes_of_symptoms_are_codes_of_checks()
    {
        foreach (var code in Troubleshooting.All.SelectMany(s => s.Codes))
            code.ShouldMatch("^[EW][0-9]{2}$");
    }

    [SkippableFact]
    public void Every_row_of_the_users_troubleshooting_table_has_a_symptom()
    {
        Skip.If(Document is null, "skipped, because the users' document is not beside the repository");
        var table = File.ReadAllText(Document!);
        table = table[table.IndexOf("## Troubleshooting", StringComparison.Ordinal)..table.IndexOf("Still stuck?", StringComparison.Ordinal)];
        var rows = table.Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(2).Select(l => l.Split('|')[1]).ToList();

        rows.Count.ShouldBeGreaterThan(7);
        foreach (var row in rows)
            Quoted().Matches(row).Any(q => Troubleshooting.All.Any(s => q.Groups["text"].Value.Contains(s.Words, StringComparison.Ordinal))).ShouldBeTrue(row);
    }

    private static string? Above(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, path)))
                return Path.Combine(folder.FullName, path);
        }

        return null;
    }

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
