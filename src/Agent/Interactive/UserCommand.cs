using System.Globalization;
using System.Runtime.CompilerServices;
using Codex.Agent.CommandLine;
using Codex.Agent.Events;
using Codex.Agent.Loop;
using Codex.Agent.Processes;
using Codex.Agent.Tools.Commands;

namespace Codex.Agent.Interactive;

/// <summary>A command the user runs with <c>!</c>: inside the sandbox of the conversation, and the model is told what came of it.</summary>
internal static class UserCommand
{
    public static async IAsyncEnumerable<AgentEvent> RunAsync(string script, ThreadDesk desk, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (settings, thread) = (desk.Settings, desk.Thread.Thread);
        var item = new ThreadItem.CommandExecution(desk.Host.NextItemId(), script, "", ExitCode: null, ItemStatus.InProgress) { Directory = settings.WorkingDirectory, IsUsers = true };
        yield return new AgentEvent.ItemStarted(item);
        var outcome = await new CommandRunner(desk.Time).RunAsync(
            new CommandRequest
            {
                Words = UserShell.Words(UserShell.Find(settings.CommandEnvironment), script, login: false),
                Directory = settings.WorkingDirectory,
                Environment = CallEnvironment.For(settings.CommandEnvironment, settings.Sandbox, desk.Thread.Id, desk.Thread.Id, item.Id, AgentCommandLine.Version),
                Sandbox = settings.Sandbox,
            },
            cancellation);
        switch (outcome)
        {
            case CommandOutcome.Completed done:
                thread.Note(new UserInput(ForModel(script, done, settings.OutputLimit ?? desk.Host.Model.OutputLimit)));
                yield return thread.Setup.Measure();
                yield return new AgentEvent.ItemCompleted(item with { Output = done.Output, ExitCode = done.ExitCode, Status = done.ExitCode == 0 ? ItemStatus.Completed : ItemStatus.Failed, Duration = done.Duration });
                break;
            case CommandOutcome.Refused refused:
                yield return new AgentEvent.ItemCompleted(item with { Output = refused.Reason, Status = ItemStatus.Failed });
                break;
            case CommandOutcome.NotStarted notStarted:
                yield return new AgentEvent.ItemCompleted(item with { Output = notStarted.Reason, Status = ItemStatus.Failed });
                break;
        }
    }

    /// <summary>In Codex's words, which models know.</summary>
    internal static string ForModel(string script, CommandOutcome.Completed done, int limit) => string.Create(
        CultureInfo.InvariantCulture,
        $"<user_shell_command>\n<command>\n{script}\n</command>\n<result>\nExit code: {done.ExitCode}\nDuration: {done.Duration.TotalSeconds:0.0000} seconds\nOutput:\n{OutputCut.Shorten(done.Output.TrimEnd('\n'), limit, null)}\n</result>\n</user_shell_command>");
}
