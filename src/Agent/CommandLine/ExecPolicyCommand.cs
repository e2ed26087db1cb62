using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using Codex.Agent.Approvals.Rules;

namespace Codex.Agent.CommandLine;

/// <summary><c>codex-agent execpolicy check</c>: what rules say about a command, without running it.</summary>
internal static class ExecPolicyCommand
{
    public static Command Create() => new("execpolicy", "Work with the rules that allow and forbid commands.") { Check() };

    /// <summary>Puts <c>--</c> before the command to check: whatever stands behind its first word belongs to it, options too.</summary>
    public static IReadOnlyList<string> WithCommandApart(IReadOnlyList<string> args)
    {
        if (args is not ["execpolicy", "check", ..] || args.Contains("--"))
            return args;
        var at = 2;
        while (at < args.Count && args[at].StartsWith('-'))
            at += args[at] is "-r" or "--rules" ? 2 : 1;
        return at < args.Count ? [.. args.Take(at), "--", .. args.Skip(at)] : args;
    }

    private static Command Check()
    {
        var files = new Option<string[]>("--rules", "-r") { Description = "A file of rules; may be repeated.", Required = true, AllowMultipleArgumentsPerToken = false };
        var pretty = new Option<bool>("--pretty") { Description = "Print the JSON on several lines." };
        var resolve = new Option<bool>("--resolve-host-executables")
        {
            Description = "Let rules about a bare name match an absolute path to it, as they do when the agent runs a command.",
        };
        var words = new Argument<string[]>("command") { Description = "The command, word by word.", Arity = ArgumentArity.OneOrMore };
        var check = new Command("check", "Print what the rules say about a command, as JSON.") { files, pretty, resolve, words };
        check.SetAction(async (parsed, cancellation) =>
        {
            var (rules, faults) = RuleFiles.Read(parsed.GetValue(files)!);
            foreach (var fault in faults)
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"codex-agent: {fault}".AsMemory(), cancellation);
            if (!faults.IsEmpty)
                return 1;
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                Json(rules.Match(parsed.GetValue(words)!, parsed.GetValue(resolve)), parsed.GetValue(pretty)).AsMemory(), cancellation);
            return 0;
        });
        return check;
    }

    private static string Json(ImmutableArray<RuleMatch> matches, bool pretty)
    {
        var options = new JsonWriterOptions
        {
            Indented = pretty,
            NewLine = "\n",
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, options))
            RuleMatchJson.Write(writer, matches);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
