using System.Text.Json;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Output;

namespace Codex.ConfigTool.Installation;

/// <summary>What Codex itself says of its configuration.</summary>
internal abstract record CodexVerdict
{
    private CodexVerdict()
    {
    }

    /// <param name="IsStrict">Also that it knows every key.</param>
    public sealed record Accepts(bool IsStrict) : CodexVerdict;

    /// <summary>Codex does not start.</summary>
    public sealed record Refuses(CodexComplaint Complaint) : CodexVerdict;

    /// <summary>Codex starts and passes over something it does not know.</summary>
    public sealed record Overlooks(CodexComplaint Complaint) : CodexVerdict;

    /// <param name="Reason">For people.</param>
    public sealed record Unknown(string Reason) : CodexVerdict;
}

/// <summary>A fault in Codex's words.</summary>
/// <param name="Words">One line, secrets masked.</param>
/// <param name="File">Where, or null.</param>
/// <param name="Line">From 1, or null.</param>
/// <param name="Column">From 1, or null.</param>
internal sealed record CodexComplaint(string Words, string? File, int? Line, int? Column);

/// <summary>Lets Codex read its configuration and do nothing else. The commands need no network and change no configuration.</summary>
internal static class CodexTrial
{
    private static readonly string[] Startup = ["app-server", "--print-startup-config"];
    private static readonly string[] Any = ["features", "list"];

    public static async Task<CodexVerdict> RunAsync(CodexProgram codex, ToolEnvironment environment, ConfigPlace place, CancellationToken cancellation)
    {
        if (place.File != Path.Combine(place.Home, CodexHome.FileName))
            return new CodexVerdict.Unknown($"Codex reads {CodexHome.FileName} in its directory, and not {place.File}");
        if (codex.Version is null || codex.Version.IsBefore(CodexVersions.StartupConfiguration))
        {
            return await codex.RunAsync(environment, place.Home, Any, cancellation) switch
            {
                ProgramOutcome.Ended { ExitCode: 0 } => new CodexVerdict.Accepts(IsStrict: false),
                ProgramOutcome.Ended { Error: var words } => new CodexVerdict.Refuses(OfText(words)),
                var other => NoAnswer(other),
            };
        }

        switch (await codex.RunAsync(environment, place.Home, ["--strict-config", .. Startup], cancellation))
        {
            case ProgramOutcome.Ended { ExitCode: 0 }:
                return new CodexVerdict.Accepts(IsStrict: true);
            case ProgramOutcome.Ended strict:
                return await codex.RunAsync(environment, place.Home, Startup, cancellation) switch
                {
                    ProgramOutcome.Ended { ExitCode: 0 } => new CodexVerdict.Overlooks(Complaint(strict)),
                    ProgramOutcome.Ended lenient => new CodexVerdict.Refuses(Complaint(lenient)),
                    var other => NoAnswer(other),
                };
            case var other:
                return NoAnswer(other);
        }
    }

    private static CodexVerdict.Unknown NoAnswer(ProgramOutcome outcome) => new(outcome switch
    {
        ProgramOutcome.NotStarted { Reason: var reason } => $"it does not start: {Printable.Line(reason)}",
        ProgramOutcome.TookTooLong { Limit: var limit } => $"it does not end within {limit.TotalSeconds:0} s",
        _ => throw new InvalidOperationException(),
    });

    private static CodexComplaint Complaint(ProgramOutcome.Ended ended)
    {
        try
        {
            using var json = JsonDocument.Parse(ended.Output);
            if (json.RootElement.TryGetProperty("error", out var error) && error.TryGetProperty("data", out var data) && data.TryGetProperty("detail", out var detail))
                return new(FirstLine(detail.GetString() ?? ""), Text(data, "filePath"), Number(data, "line"), Number(data, "column"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not in its usual words.
        }

        return OfText(ended.Error);
    }

    private static CodexComplaint OfText(string words) => new(FirstLine(words), null, null, null);

    private static string FirstLine(string text)
    {
        var line = text.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0) ?? "it says nothing";
        return Printable.Line(line.StartsWith("Error: ", StringComparison.Ordinal) ? line["Error: ".Length..] : line);
    }

    private static string? Text(JsonElement data, string name) => data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement data, string name) => data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
