using System.CommandLine;
using Codex.ConfigTool.Doctor;
using Codex.ConfigTool.Installation;
using Codex.ConfigTool.Output;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Looks for everything that keeps Codex from working with a provider. Changes nothing unless told to.</summary>
internal static class DoctorCommand
{
    internal const string Name = "doctor";
    private const string Full = "full";

    public static Command Create(Func<ParseResult, Invocation> invoke)
    {
        var id = new Argument<string?>("id") { Description = "The provider to look at. Default: the one in the file.", Arity = ArgumentArity.ZeroOrOne };
        var network = new Option<string?>("--network")
        {
            Description = "Ask the provider's server for its models as well; with =full also for one real answer of at most 16 tokens, which may cost a little.",
            HelpName = "=full",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var withCodex = new Option<string?>("--with-codex") { Description = "Ask this Codex what it says of the file. Default: the codex on the PATH.", HelpName = "path" }.NotEmpty();
        var fix = new Option<bool>("--fix") { Description = $"Put right what can be put right without a person's decision ({Repaired}); shown and asked for like every change, and undo takes it back." };
        var strict = new Option<bool>("--strict") { Description = "End with 9 when there are warnings and no errors." };
        var checks = new Option<bool>("--checks") { Description = "List everything that is looked for, and stop." };
        var changes = new ChangeFlags();
        var command = new Command(Name, "Find out why Codex does not work with a provider. Runs codex to read the file when it is on the PATH.") { id, network, withCodex, strict, checks, fix };
        changes.AddTo(command);
        // A word behind --network that is not its own is the provider; there is room for one.
        command.Validators.Add(result =>
        {
            if (result.GetValue(network) is { } word and not Full && result.GetValue(id) is not null)
                result.AddError($"--network takes nothing or =full, not '{word}'.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var invocation = invoke(parsed);
            if (parsed.GetValue(checks))
                return List(invocation);
            var (place, refusal) = invocation.Place();
            if (place is null)
                return ChangeCommand.Refuse(invocation, Name, refusal!);
            var codex = await CodexProgram.FindAsync(invocation.Environment, parsed.GetValue(withCodex), cancellation);
            if (codex is null && parsed.GetValue(withCodex) is { } missing)
                return ChangeCommand.Refuse(invocation, Name, new(ExitCodes.Usage, $"--with-codex: there is no program {Printable.Line(missing)}"));
            if (codex is not null && invocation.DeclaredCodex is { } declared)
                codex = codex with { Version = declared };
            var word = parsed.GetValue(network);
            var scope = new ExaminationScope(parsed.GetValue(id) ?? (word == Full ? null : word), Depth(parsed.GetResult(network) is not null, word), codex);
            var repair = parsed.GetValue(fix) ? changes.Mode(parsed) : null;
            return await new DoctorRun(invocation, place, scope).RunAsync(parsed.GetValue(strict), repair, changes.ShowsDiff(parsed), cancellation);
        });
        return command;
    }

    private static string Repaired => string.Join(", ", CheckRegistry.Kinds.Where(k => k.IsRepaired).Select(k => k.Code));

    private static NetworkDepth Depth(bool isGiven, string? word) => !isGiven ? NetworkDepth.None : word == Full ? NetworkDepth.Full : NetworkDepth.Models;

    private static int List(Invocation invocation)
    {
        if (invocation.Style.Json)
        {
            invocation.Terminal.Output.WriteLine(ReportJson.Object(Name, json =>
            {
                json.WriteStartArray("checks");
                foreach (var kind in CheckRegistry.Kinds)
                {
                    json.WriteStartObject();
                    json.WriteString("code", kind.Code);
                    json.WriteString("summary", kind.Summary);
                    json.WriteString("needs", kind.Needs);
                    json.WriteBoolean("repaired", kind.IsRepaired);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }));
        }
        else
        {
            foreach (var line in PlainTable.Lines(["code", "what is found", "needs", "--fix"], CheckRegistry.Kinds.Select(k => new[] { k.Code, k.Summary, k.Needs ?? "", k.IsRepaired ? "yes" : "" })))
                invocation.Terminal.Output.WriteLine(line);
        }

        return ExitCodes.Done;
    }
}
