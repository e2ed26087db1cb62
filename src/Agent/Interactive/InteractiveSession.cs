using System.Collections.Immutable;
using System.Threading.Channels;
using Codex.Agent.Approvals;
using Codex.Agent.Configuration;
using Codex.Agent.Events;
using Codex.Agent.Interactive.Commands;
using Codex.Agent.Interactive.Completing;
using Codex.Agent.Interactive.Editing;
using Codex.Agent.Interactive.Questions;
using Codex.Agent.Interactive.Screen;
using Codex.Agent.Interactive.Terminal;
using Codex.Agent.Loop;
using Codex.Agent.Sessions;

namespace Codex.Agent.Interactive;

/// <summary>A person and the agent at one terminal: takes signals one by one, changes what is shown, starts and interrupts work.</summary>
internal sealed class InteractiveSession
{
    private readonly Channel<SessionSignal> _signals = Channel.CreateUnbounded<SessionSignal>();
    private readonly SignalSources _sources;
    private readonly SessionScreen _screen;
    private readonly KeyActions _keys;
    private readonly PromptHistory _history;
    private readonly FileNames _files;
    private ImmutableArray<InputImage> _images;
    private bool _isReading;
    private bool _wasStopped;

    public InteractiveSession(
        SettingsRequest wanted, AgentSettings settings, RawTerminal terminal, Style style, TimeProvider time, ImmutableArray<InputImage> images)
    {
        _images = images;
        _sources = new SignalSources(_signals.Writer, terminal, time);
        _history = PromptHistory.Of(settings, time);
        _keys = new KeyActions(this);
        Desk = new ThreadDesk(wanted, settings, time, AskAsync);
        Work = new WorkQueue(_signals.Writer);
        Questions = new QuestionQueue(terminal.IsLive, time);
        Composer = new Composer(_history.Read());
        _files = new FileNames(() => _signals.Writer.TryWrite(new SessionSignal.Changed()));
        _screen = new SessionScreen(this, terminal, style, new ConversationText(style, !settings.HidesReasoning));
    }

    public ThreadDesk Desk { get; }

    public WorkQueue Work { get; }

    public QuestionQueue Questions { get; }

    public Composer Composer { get; }

    public Completer Completer { get; } = new();

    /// <summary>Cells of the terminal.</summary>
    public int Columns => _screen.Columns;

    public Style Style => _screen.Style;

    public ConversationText Conversation => _screen.Conversation;

    public string? LastMessage { get; private set; }

    public AgentEvent.ContextMeasured? Context { get; private set; }

    /// <summary>Null while the session goes on.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>The user was told that the same key again ends the program.</summary>
    public bool WantsToQuit { get; set; }

    /// <summary>Asks something before there is a thread.</summary>
    /// <returns>The key of the choice; null when the program is to end.</returns>
    public async Task<char?> AskFirstAsync(IEnumerable<LedLine> lines, ImmutableArray<Choice> choices, CancellationToken cancellation)
    {
        Read(cancellation);
        char? answer = null;
        Ask(new Question([.. lines], choices, key => answer = key, Choice.EscapeKey));
        while (answer is null && ExitCode is null)
            await HandleAsync(await _signals.Reader.ReadAsync(cancellation), cancellation);
        return answer;
    }

    /// <returns>The exit code of the program.</returns>
    public async Task<int> RunAsync(string? prompt, CancellationToken cancellation)
    {
        Read(cancellation);
        Greet();
        if (prompt is { Length: > 0 })
            await SubmitAsync(prompt, cancellation);
        _screen.Prompt();
        while (ExitCode is null)
            await HandleAsync(await _signals.Reader.ReadAsync(cancellation), cancellation);
        await Work.EndAsync(_signals.Reader, Tell, Desk.Time);
        Print(Farewell.Of(Desk.Thread, Style));
        return ExitCode.Value;
    }

    /// <summary>Takes the live lines away, so that whoever writes next begins on a line of their own.</summary>
    public void Close()
    {
        _screen.Close();
        _sources.Dispose();
    }

    public void Print(string text) => _screen.Print(text);

    public void PrintLine(string line) => _screen.Print(line + "\n");

    /// <summary>Where lines are read, says that one is awaited.</summary>
    public void AwaitLine() => _screen.Prompt();

    /// <summary>What a status line would say, where there is none.</summary>
    public void Hear(string line) => _screen.Hear(line);

    public void WriteControl(string sequence) => _screen.WriteControl(sequence);

    /// <param name="forgetsAll">What can be scrolled back to as well.</param>
    public void ClearScreen(bool forgetsAll) => _screen.Empty(forgetsAll);

    public void Quit() => ExitCode = 0;

    /// <summary>Another thread, or the same under other settings: what is left of the window has to be measured anew.</summary>
    public void Greet()
    {
        Measure();
        LastMessage = null;
        PrintLine($"{Style.Bold("codex-agent")} {Style.Dim($"in {PlainText.Of(Desk.Settings.WorkingDirectory)} · /help tells what can be done")}");
        PrintWarnings();
        Print(StoredConversation.Show(Desk.Thread.Thread.Setup.Conversation.Items, Style));
    }

    public void Measure() => Context = Desk.Thread.Thread.Setup.Measure();

    public void PrintWarnings()
    {
        foreach (var warning in Desk.Thread.Warnings)
            PrintLine(Style.Accent($"warning: {PlainText.Of(warning)}"));
    }

    /// <summary>Sends a message, or a prompt of the program's own; never while something runs.</summary>
    public void StartTurn(string text)
    {
        Echo(text);
        Start(new UserInput(text, _images, []));
        _images = [];
    }

    /// <summary>Runs something that tells events, while the user can go on typing and interrupt it.</summary>
    public void Start(Func<CancellationToken, IAsyncEnumerable<AgentEvent>> work)
    {
        WantsToQuit = false;
        Work.Start(work, isTurn: false);
    }

    /// <summary>Ctrl-Z: back to the shell, until it brings us back.</summary>
    public async Task SuspendAsync(CancellationToken cancellation)
    {
        _screen.Leave();
        await _sources.StopAsync(cancellation);
        _screen.Return();
    }

    /// <summary>What the words of the message that is being written can be completed to.</summary>
    public CompletionWords Words()
    {
        if (Completions.IsFile(Composer.Buffer.Text, Composer.Buffer.Cursor))
            _files.Want(Desk.Settings.WorkingDirectory);
        var commands = Composer.Buffer.Text is ['/', ..] ? SlashCommands.Suggestions(Desk.Settings.CodexHome) : [];
        return new CompletionWords(commands, [.. Desk.Settings.Skills.All.Select(s => s.Name)], _files.All);
    }

    public async Task EnterAsync(string text, CancellationToken cancellation)
    {
        _files.Forget();
        // As Codex keeps it: what was said and run, not commands to the program.
        if (text.TrimStart() is not ['/', ..] && await _history.AddAsync(Desk.Thread.Id, text, cancellation) is { } problem)
            PrintLine(Style.Accent($"warning: {problem}"));
        await SubmitAsync(text, cancellation);
    }

    private async Task ReplaceGatewayAsync(CancellationToken cancellation)
    {
        PrintLine(Style.Accent("The gateway that was started for this conversation has ended; starting another …"));
        if (await Desk.ReplaceGatewayAsync(cancellation) is { } problem)
            PrintLine(Style.Bad(PlainText.Of(problem)));
    }

    private void Echo(string text) => PrintLine("\n" + Style.Bold(StoredConversation.Quoted(text)));

    private void Start(UserInput input)
    {
        WantsToQuit = false;
        Work.Start(interrupt => Desk.Thread.Thread.RunTurnAsync(Desk.Thread.Complete(input), interrupt), isTurn: true);
    }

    private void Read(CancellationToken cancellation)
    {
        if (_isReading)
            return;
        _isReading = true;
        // Reads for as long as the program runs; what goes wrong comes as a signal.
        _ = _sources.ReadAsync(cancellation);
    }

    private async Task<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<ApprovalAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _signals.Writer.TryWrite(new SessionSignal.Asked(request, answer));
        return await answer.Task.WaitAsync(cancellation);
    }

    private async Task HandleAsync(SessionSignal signal, CancellationToken cancellation)
    {
        switch (signal)
        {
            case SessionSignal.Keys keys:
                foreach (var key in keys.All)
                    await _keys.HandleAsync(key, cancellation);
                break;
            case SessionSignal.Told told:
                Tell(told.Event);
                break;
            case SessionSignal.WorkEnded ended:
                await EndWorkAsync(ended.Fault, cancellation);
                break;
            case SessionSignal.Asked asked:
                Ask(ApprovalQuestion.Of(asked.Request, answer => asked.Answer.TrySetResult(answer)));
                break;
            case SessionSignal.Resized:
                _screen.Resized();
                break;
            case SessionSignal.Continued:
                _screen.Return();
                break;
            case SessionSignal.InputEnded:
                ExitCode = 0;
                return;
            case SessionSignal.Terminated terminated:
                ExitCode = terminated.ExitCode;
                return;
        }

        Print("");
    }

    private void Ask(Question question)
    {
        Questions.Ask(question);
        _screen.Ask(question);
    }

    private void Tell(AgentEvent e)
    {
        switch (e)
        {
            case AgentEvent.ContextMeasured measured:
                Context = measured;
                break;
            case AgentEvent.ItemCompleted { Item: ThreadItem.AgentMessage message }:
                LastMessage = message.Text;
                break;
            case AgentEvent.TurnInterrupted or AgentEvent.TurnFailed:
                _wasStopped = true;
                break;
        }

        if (Conversation.Of(e) is { Length: > 0 } text)
            Print(text);
    }

    private async Task EndWorkAsync(Exception? fault, CancellationToken cancellation)
    {
        Work.Ended();
        Questions.Clear();
        if (fault is not null)
            PrintLine(Style.Bad($"failed: unexpected {fault.GetType().Name}: {PlainText.Of(fault.Message)}"));
        var unheard = Desk.Thread.Thread.TakeUnheard();
        if (_wasStopped || fault is not null)
        {
            // Whoever interrupts wants to say something else first, and a server that failed would fail again.
            _wasStopped = false;
            Composer.Replace(string.Join('\n', [.. unheard.Select(i => i.Text), .. Work.TakeQueued(), .. Composer.IsEmpty ? (string[])[] : [Composer.Buffer.Text]]));
        }
        else if (unheard.Count > 0)
        {
            Start(new UserInput(string.Join('\n', unheard.Select(i => i.Text))));
        }
        else if (Work.TakeNext() is { } next)
        {
            await SubmitAsync(next, cancellation);
        }

        _screen.Prompt();
    }

    private async Task SubmitAsync(string text, CancellationToken cancellation)
    {
        if (!Work.IsRunning && Desk.HasLostGateway)
            await ReplaceGatewayAsync(cancellation);
        if (text.TrimStart() is ['/', ..])
        {
            await SlashCommands.RunAsync(this, text.Trim(), cancellation);
            _screen.Prompt();
        }
        else if (text.TrimStart() is ['!', .. var script] && !Work.IsRunning)
        {
            if (script.Trim() is { Length: > 0 } command)
                Start(interrupt => UserCommand.RunAsync(command, Desk, interrupt));
        }
        else if (!Work.IsRunning)
        {
            StartTurn(text);
        }
        else if (Work.IsTurn && text.TrimStart() is not ['!', ..])
        {
            Echo(text);
            Desk.Thread.Thread.Steer(Desk.Thread.Complete(new UserInput(text)));
        }
        else
        {
            Work.Queue(text);
        }
    }
}
