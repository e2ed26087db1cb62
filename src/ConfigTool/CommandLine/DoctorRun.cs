using System.Collections.Immutable;
using Codex.ConfigTool.Changes;
using Codex.ConfigTool.Doctor;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Providers;
using Codex.Toml;
using Codex.Toml.Diagnostics;

namespace Codex.ConfigTool.CommandLine;

/// <summary>One visit to the doctor: repairs first when they are asked for, then what is found in the file as it is then.</summary>
internal sealed class DoctorRun(Invocation invocation, ConfigPlace place, ExaminationScope scope)
{
    private readonly Examiner _examiner = new(invocation.Environment, place, scope);

    /// <param name="strict">Warnings count.</param>
    /// <param name="repair">How repairs are made; null to make none.</param>
    /// <param name="showDiff">Show the diff of the repairs.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    public async Task<int> RunAsync(bool strict, ChangeMode? repair, bool showDiff, CancellationToken cancellation)
    {
        var (file, document, refusal) = Read();
        if (file is null || document is null)
            return ChangeCommand.Refuse(invocation, DoctorCommand.Name, refusal!);
        var repaired = repair is null || !document.IsValid ? null : await RepairAsync(file, document, repair, showDiff, cancellation);
        if (repaired is { Refusal: not null, ExitCode: not ExitCodes.Done })
            return repaired.ExitCode;
        if (repaired is { Status: ChangeStatus.Written })
        {
            (file, document, refusal) = Read();
            if (file is null || document is null)
                return ChangeCommand.Refuse(invocation, DoctorCommand.Name, refusal!);
        }

        ImmutableArray<Finding> findings = document.IsValid
            ? CheckRegistry.Examine(await _examiner.OfAllAsync(file, document, cancellation))
            : [.. document.Diagnostics.Select(d => new Finding("E01", Text(d, document, file), d.Hint, d.Position))];
        if (file.Bytes is null)
            findings = findings.Add(new("I03", $"{invocation.Shown(file.Path)} is not there, so Codex uses its own defaults", "codex-config add-provider NAME makes it"));
        var exitCode = repaired is { Status: ChangeStatus.DryRun, ExitCode: ExitCodes.ChangesPending } ? ExitCodes.ChangesPending
            : findings.Any(f => f.Severity == Severity.Error) ? ExitCodes.DoctorErrors
            : strict && findings.Any(f => f.Severity == Severity.Warning) ? ExitCodes.DoctorWarnings : ExitCodes.Done;
        new DoctorPrinter(invocation).Print(file, ProviderEndpoint.Find(document, scope.Provider).Id, findings, repaired, exitCode);
        return exitCode;
    }

    private (ConfigFile? File, TomlDocument? Document, Refusal? Refusal) Read()
    {
        var reading = ConfigFileReader.Read(invocation.Environment.Files, place.File);
        if (reading is FileReading.Refused refused)
            return (null, null, refused.Refusal);
        var file = ((FileReading.Done)reading).File;
        var document = TomlDocument.Parse(file.Bytes.GetValueOrDefault(), TomlOptions.Default with { Tolerant = true });
        var endpoint = ProviderEndpoint.Find(document, scope.Provider);
        return document.IsValid && scope.Provider is { } id && endpoint.BaseUrl is null && endpoint.Table is null && id != ProviderEndpoint.CodexDefault
            ? (null, null, new(ExitCodes.Usage, $"{file.Name} has no provider '{Printable.Line(id)}'", "codex-config list shows those it has"))
            : (file, document, null);
    }

    /// <returns>What became of the repairs; null when there are none to make.</returns>
    private async Task<Report?> RepairAsync(ConfigFile file, TomlDocument document, ChangeMode mode, bool showDiff, CancellationToken cancellation)
    {
        var wanted = Repair.Choose(CheckRegistry.Examine(_examiner.OfFiles(file, document)));
        if (wanted.IsEmpty)
            return null;
        var request = new ChangeRequest(DoctorCommand.Name, scope.Provider, [new(place.File, f => Repair.Plan(f, d => _examiner.OfFiles(f, d)))]);
        if (invocation.Style is { Json: false, Quiet: false })
            new DoctorPrinter(invocation).PrintFindings(file, wanted);
        return await ChangeCommand.ReportAsync(invocation, request, mode, showDiff, cancellation);
    }

    /// <summary>The fault in its line, without the place and the hint, which are printed apart; secrets masked.</summary>
    private static string Text(TomlDiagnostic diagnostic, TomlDocument document, ConfigFile file)
    {
        var rendered = (diagnostic with { Hint = null }).Render(document, file.Name, SecretMask.Cover);
        return string.Join('\n', rendered[$"{file.Name}:{diagnostic.Position}: ".Length..].Split('\n').Select(SecretMask.Line));
    }
}
