using System.CommandLine;
using Codex.ConfigTool.Doctor;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Models;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Providers;
using Codex.Toml;
using Codex.Toml.Diagnostics;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Looks for everything that keeps Codex from working with a provider. Changes nothing.</summary>
internal static class DoctorCommand
{
    internal const string Name = "doctor";

    public static Command Create(Func<ParseResult, Invocation> invoke)
    {
        var id = new Argument<string?>("id") { Description = "The provider to look at. Default: the one in the file.", Arity = ArgumentArity.ZeroOrOne };
        var network = new Option<bool>("--network") { Description = "Ask the provider's server for its models as well." };
        var strict = new Option<bool>("--strict") { Description = "End with 9 when there are warnings and no errors." };
        var command = new Command(Name, "Find out why Codex does not work with a provider.") { id, network, strict };
        command.SetAction((parsed, cancellation) => RunAsync(invoke(parsed), parsed.GetValue(id), parsed.GetValue(network), parsed.GetValue(strict), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, string? id, bool network, bool strict, CancellationToken cancellation)
    {
        var (place, refusal) = invocation.Place();
        if (place is null)
            return ChangeCommand.Refuse(invocation, Name, refusal!);
        var reading = ConfigFileReader.Read(invocation.Environment.Files, place.File);
        if (reading is FileReading.Refused refused)
            return ChangeCommand.Refuse(invocation, Name, refused.Refusal);
        var file = ((FileReading.Done)reading).File;
        var document = TomlDocument.Parse(file.Bytes.GetValueOrDefault(), TomlOptions.Default with { Tolerant = true });
        var endpoint = ProviderEndpoint.Find(document, id);
        if (document.IsValid && id is not null && endpoint.BaseUrl is null && endpoint.Table is null && id != ProviderEndpoint.CodexDefault)
            return ChangeCommand.Refuse(invocation, Name, new(ExitCodes.Usage, $"{file.Name} has no provider '{Printable.Line(id)}'", "codex-config list shows those it has"));

        var findings = document.IsValid
            ? CheckRegistry.Examine(new(invocation.Environment, place, file, document, endpoint, network ? await AskAsync(invocation, place, endpoint, cancellation) : null))
            : [.. document.Diagnostics.Select(d => new Finding("E01", Text(d, document, file), d.Hint, d.Position))];
        if (file.Bytes is null)
            findings = findings.Add(new("I03", $"{invocation.Shown(file.Path)} is not there, so Codex uses its own defaults", "codex-config add-provider NAME makes it"));
        var exitCode = findings.Any(f => f.Severity == Severity.Error) ? ExitCodes.DoctorErrors
            : strict && findings.Any(f => f.Severity == Severity.Warning) ? ExitCodes.DoctorWarnings : ExitCodes.Done;
        new DoctorPrinter(invocation).Print(file, endpoint.Id, findings, exitCode);
        return exitCode;
    }

    private static async Task<ModelListing?> AskAsync(Invocation invocation, ConfigPlace place, ProviderEndpoint endpoint, CancellationToken cancellation)
    {
        if (endpoint.BaseUrl is not { } url || BaseUrl.Fault(url) is not null)
            return null;
        var key = endpoint.KeyVariable is { } variable ? KeySource.Find(invocation.Environment, place.Home, variable) : null;
        // Without its key the answer would only repeat that the key is missing.
        return endpoint.KeyVariable is not null && key is null ? null : await ModelList.AskAsync(url, key, cancellation);
    }

    /// <summary>The fault in its line, without the place and the hint, which are printed apart; secrets masked.</summary>
    private static string Text(TomlDiagnostic diagnostic, TomlDocument document, ConfigFile file)
    {
        var rendered = (diagnostic with { Hint = null }).Render(document, file.Name);
        return string.Join('\n', rendered[$"{file.Name}:{diagnostic.Position}: ".Length..].Split('\n').Select(SecretMask.Line));
    }
}
