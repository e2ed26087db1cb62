using System.Collections.Immutable;
using Codex.Agent.Approvals;
using Codex.Agent.Edits;
using Codex.Agent.Processes;
using Codex.Agent.Sandbox;
using Codex.Agent.Tools.ApplyPatch;

namespace Codex.Agent.Tools.Commands;

/// <summary>What became of a script before it runs.</summary>
internal abstract record PreparedScript
{
    private PreparedScript()
    {
    }

    /// <param name="IsConfined">It runs in a sandbox.</param>
    /// <param name="TakesTyping">Not what a rule lets out of the sandbox: an editor that it opens would run whatever is typed.</param>
    public sealed record Ready(CommandRequest Request, bool IsConfined, bool TakesTyping) : PreparedScript;

    /// <summary>It was a patch, and was applied as one.</summary>
    public sealed record Patched(ToolResult Result) : PreparedScript;

    /// <param name="IsEscalation">Only running outside the sandbox was refused.</param>
    public sealed record Refused(string Text, bool IsEscalation) : PreparedScript;
}

/// <summary>Stands before every command of a thread: takes patches out, asks the gate, puts the command line together.</summary>
/// <param name="shell">The user's.</param>
/// <param name="allowsLogin">Login shells, which read the user's profile, may be used.</param>
/// <param name="version">Of this program, for the environment of commands.</param>
public sealed class CommandDesk(CommandGate gate, string shell, bool allowsLogin, string version)
{
    internal static bool IsPatch(string script) => HeredocPatch.Find(script) is not null || HeredocPatch.IsBarePatch(script);

    internal async Task<PreparedScript> PrepareAsync(ScriptCall script, ToolCall call, ToolContext context, CancellationToken cancellation)
    {
        if (Patch(script) is var (patch, directory))
            return new PreparedScript.Patched(await ApplyPatchTool.RunAsync(patch, mayBeCut: false, directory, context, cancellation));
        if ((script.Shell is { } wanted ? UserShell.Named(wanted, shell) : shell) is not { } program)
            return new PreparedScript.Refused(UserShell.Choices, IsEscalation: false);
        // The system would end the script there, and everybody who looked at it would have seen another one.
        if (script.Script.Contains('\0', StringComparison.Ordinal))
            return new PreparedScript.Refused("the script holds a NUL character", IsEscalation: false);
        var words = UserShell.Words(program, script.Script, allowsLogin && script.Login);
        var intent = new CommandIntent(script.Script, words, script.Directory, script.WantsEscalation, script.Justification, script.Prefix);
        return await gate.ClearAsync(intent, context, cancellation) switch
        {
            CommandClearance.Run run => new PreparedScript.Ready(
                Request(words, script.Directory, run, call, context), run.Sandbox.Mode != SandboxMode.FullAccess, !run.ByRule || context.Sandbox.Mode == SandboxMode.FullAccess),
            CommandClearance.Refused refused => new PreparedScript.Refused(refused.Text, refused.IsEscalation),
            var other => throw new NotSupportedException(other.GetType().Name),
        };
    }

    private static (string Patch, string Directory)? Patch(ScriptCall script)
    {
        if (HeredocPatch.Find(script.Script) is { } found)
            return (found.Patch, Path.GetFullPath(found.Directory ?? ".", script.Directory));
        return HeredocPatch.IsBarePatch(script.Script) ? (script.Script, script.Directory) : null;
    }

    private CommandRequest Request(ImmutableArray<string> words, string directory, CommandClearance.Run run, ToolCall call, ToolContext context) => new()
    {
        Words = words,
        Directory = directory,
        Sandbox = run.Sandbox,
        Environment = CallEnvironment.For(context.Environment, run.Sandbox, context.ThreadId, context.ThreadId, call.CallId, version),
    };
}
