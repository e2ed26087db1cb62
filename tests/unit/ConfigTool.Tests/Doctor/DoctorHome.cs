using System.Text.Json;
using Codex.ConfigTool.Doctor;

namespace Codex.ConfigTool.Tests.Doctor;

/// <summary>Runs of the doctor, told in short.</summary>
internal static class DoctorHome
{
    /// <summary>A provider of one's own at a server, as the default.</summary>
    public static ToolRun At(string baseUrl, params string[] keys) => new()
    {
        Config = $"""
            model_provider = "own"
            model = "mini"

            [model_providers.own]
            name = "own"
            base_url = "{baseUrl}"
            {string.Join('\n', keys)}

            """.ReplaceLineEndings("\n"),
    };

    /// <summary>Codes and lines, the worst first; what only informs is left out.</summary>
    public static string Codes(ToolRun run, params string[] more)
    {
        using var json = JsonDocument.Parse(run.Run(["doctor", "--json", .. more]).Output);
        var codes = json.RootElement.GetProperty("findings").EnumerateArray()
            .Select(f => (Code: f.GetProperty("code").GetString()!, Line: f.TryGetProperty("line", out var line) ? line.GetInt32().ToString() : "-")).ToList();
        codes.ShouldAllBe(c => CheckRegistry.Kinds.Any(k => k.Code == c.Code));
        return string.Join('|', codes.Where(c => c.Code[0] != 'I').Select(c => $"{c.Code} {c.Line}"));
    }
}
