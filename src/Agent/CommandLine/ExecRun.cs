using System.CommandLine;
using System.Text.Json;
using Codex.Agent.Approvals;
using Codex.Agent.Client;
using Codex.Agent.Configuration;
using Codex.Agent.Events;
using Codex.Agent.Interactive.Screen;
using Codex.Agent.Loop;
using Codex.Agent.Output;
using Codex.Agent.Projects;
using Codex.Agent.Threads;

namespace Codex.Agent.CommandLine;

/// <summary>Runs one <c>exec</c>, from its arguments to its exit code.</summary>
internal sealed class ExecRun(ExecSurroundings surroundings, ExecOptions options, ParseResult parsed)
{
    private const int Done = 0;
    private const int Failed = 1;

    private readonly TextWriter _output = parsed.InvocationConfiguration.Output;
    private readonly TextWriter _error = parsed.InvocationConfiguration.Error;
    private readonly bool _isJson = parsed.GetValue(options.Json);
    private readonly Style _style = new(!IsColoured(parsed.GetValue(options.Color), surroundings));
    private string? _lastMessage;

    public async Task<int> RunAsync(ThreadChoice target, string? argument, CancellationToken cancellation)
    {
        using var interrupt = new InterruptSignal(cancellation);
        try
        {
            return await RunAsync(target, argument, interrupt);
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            return await RefuseAsync("interrupted");
        }
    }

    private async Task<int> RunAsync(ThreadChoice target, string? argument, InterruptSignal interrupt)
    {
        var loaded = new SettingsLoader(Surroundings.OfProcess(), surroundings.Time).Load(options.Thread.Settings(parsed, isExec: true).Over(options.Outer.Settings(parsed, isExec: true)));
        if (loaded is SettingsLoaded.Refused refused)
            return await RefuseAsync(refused.Message);
        var settings = ((SettingsLoaded.Ready)loaded).Settings;
        if (!parsed.GetValue(options.SkipGitRepoCheck) && !GitRepository.Holds(settings.WorkingDirectory) && settings.Trust != ProjectTrust.Trusted)
            return await RefuseAsync("Not inside a trusted directory and --skip-git-repo-check was not specified.");
        if (await PromptInput.ReadAsync(argument, target is ThreadChoice.New, surroundings.Input, _error, surroundings.Time, interrupt.Token) is not { } prompt)
            return await RefuseAsync(surroundings.Input is null ? "No prompt provided. Either specify one as an argument or pipe the prompt into stdin." : "No prompt provided via stdin.");
        var (images, imageProblem) = await ImageFiles.LoadAsync([.. options.Outer.Images(parsed), .. options.Thread.Images(parsed)], settings.WorkingDirectory, interrupt.Token);
        if (imageProblem is not null)
            return await RefuseAsync(imageProblem);
        var (schema, schemaProblem) = await ReadSchemaAsync(interrupt.Token);
        if (schemaProblem is not null)
            return await RefuseAsync(schemaProblem);

        // Better now than after the work.
        if (parsed.GetValue(options.LastMessage) is { } file && OutputFile.Check(file) is { } fileProblem)
            return await RefuseAsync(fileProblem);

        var (host, problem) = await AgentHost.StartAsync(settings, surroundings.Time, interrupt.Token);
        if (host is null)
            return await RefuseAsync(problem!);
        await using (host)
        {
            var request = new ThreadRequest(RequestIdentity.OriginatorOr("codex_exec"), AgentCommandLine.Version, "exec") { OutputSchema = schema, IsEphemeral = parsed.GetValue(options.Ephemeral) };
            var (thread, startProblem) = await host.OpenAsync(request, target, new ApprovalGate(ApprovalPolicy.Never, ask: null), interrupt.Token);
            if (thread is null)
                return await RefuseAsync(startProblem!);
            await using (thread)
                return await RunAsync(host, thread, new UserInput(prompt, images, []), interrupt.Token);
        }
    }

    private async Task<int> RunAsync(AgentHost host, OpenThread thread, UserInput input, CancellationToken interrupt)
    {
        var json = new JsonRenderer(_output);
        if (_isJson)
            await json.RenderAsync(new AgentEvent.ThreadStarted(thread.Id));
        else
            await _error.WriteAsync(ExecHeader.Write(host.Settings, host.Endpoint, host.Model, thread.Id, input.Text, _style));
        foreach (var warning in thread.Warnings)
            await RenderAsync(json, new AgentEvent.ItemCompleted(new ThreadItem.Notice(host.NextItemId(), warning)), host.Settings);

        AgentEvent? last = null;
        await foreach (var e in thread.Thread.RunTurnAsync(thread.Complete(input), interrupt))
        {
            if (e is AgentEvent.ItemCompleted { Item: ThreadItem.AgentMessage message })
                _lastMessage = message.Text;
            await RenderAsync(json, e, host.Settings);
            last = e;
        }

        return await FinishAsync(last is AgentEvent.TurnCompleted);
    }

    private async Task RenderAsync(JsonRenderer json, AgentEvent e, AgentSettings settings)
    {
        if (_isJson)
            await json.RenderAsync(e);
        else
            await _error.WriteAsync(new ProgressText(_style, Reasoning(settings)).Of(e));
    }

    /// <summary>Asked for by name it holds everywhere; else a terminal decides, and <c>NO_COLOR</c>.</summary>
    private static bool IsColoured(string? when, ExecSurroundings surroundings) => when switch
    {
        "always" => true,
        "never" => false,
        _ => surroundings.HasErrorScreen && Environment.GetEnvironmentVariable("NO_COLOR") is (null or "") && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"),
    };

    private static Func<ThreadItem.Reasoning, string?> Reasoning(AgentSettings settings) =>
        settings.HidesReasoning ? static _ => null : settings.ShowsRawReasoning ? static r => r.Raw ?? r.Text : static r => r.Text;

    private async Task<int> FinishAsync(bool isDone)
    {
        if (!_isJson && isDone && _lastMessage is { } message)
            // A program that reads it gets it as it is.
            await _output.WriteLineAsync(surroundings.HasScreen ? PlainText.WithTabs(message) : message);
        if (parsed.GetValue(options.LastMessage) is { } file)
        {
            if (_lastMessage is null && isDone)
                await _error.WriteLineAsync($"Warning: no last agent message; wrote empty content to {file}");
            if (await OutputFile.WriteAsync(file, _lastMessage ?? "", CancellationToken.None) is { } problem)
            {
                // Whoever reads the file next must not take an older one for this answer.
                await _error.WriteLineAsync(problem);
                return Failed;
            }
        }

        return isDone ? Done : Failed;
    }

    private async Task<(JsonElement? Schema, string? Problem)> ReadSchemaAsync(CancellationToken cancellation)
    {
        if (parsed.GetValue(options.OutputSchema) is not { } file)
            return (null, null);
        try
        {
            using var document = JsonDocument.Parse(await File.ReadAllTextAsync(file, cancellation));
            return (document.RootElement.Clone(), null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, $"Failed to read output schema file {file}: {error.Message}");
        }
        catch (JsonException error)
        {
            return (null, $"Output schema file {file} is not valid JSON: line {(error.LineNumber ?? 0) + 1}, byte {(error.BytePositionInLine ?? 0) + 1}");
        }
    }

    private async Task<int> RefuseAsync(string message)
    {
        if (_isJson)
            await new JsonRenderer(_output).RenderAsync(new AgentEvent.Trouble(message));
        await _error.WriteLineAsync(PlainText.WithTabs(message));
        return Failed;
    }
}
