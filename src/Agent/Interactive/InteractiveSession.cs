using System.Collections.Immutable;
using System.Threading.Channels;
using Codex.Agent.Approvals;
using Codex.Agent.Configuration;
using Codex.Agent.Events;
using Codex.Agent.Interactive.Commands;
using Codex.Agent.Interactive.Editing;
using Codex.Agent.Interactive.Input;
using Codex.Agent.Interactive.Screen;
using Codex.Agent.Interactive.Terminal;
using Codex.Agent.Loop;
using Codex.Agent.Sessions;

namespace Codex.Agent.Interactive;

/// <summary>A person and the agent at one terminal: takes signals one by one, changes what is shown, starts and interrupts work.</summary>
internal sealed class InteractiveSession
{
    private const int Terminated = 143;
    private const string Hint = "working · Ctrl-C interrupts, Enter adds to the turn, Tab queues";

    private readonly Channel<SessionSignal> _signals = Channel.CreateUnbounded<SessionSignal>();
    private readonly RawTerminal _terminal;
    private readonly LiveScreen _screen;
    private readonly SignalSources _sources;
    private readonly Composer _composer;
    private readonly PromptHistory _history;
    private readonly ConversationText _conversation;
    private readonly Queue<Question> _questions = new();
    private readonly List<string> _queued = [];
    private RunningWork? _work;
    private AgentEvent.ContextMeasured? _context;
    private ImmutableArray<InputImage> _images;
    private bool _isReading;
    private bool _isTurn;
    private bool _wantsToQuit;
    private int? _exitCode;

    public InteractiveSession(
        SettingsRequest wanted, AgentSettings settings, RawTerminal terminal, Style style, TimeProvider time, ImmutableArray<InputImage> images)
    {
        (_terminal, Style, _images) = (terminal, style, images);
        _screen = new LiveScreen(terminal.IsLive);
        _sources = new SignalSources(_signals.Writer, terminal, time);
        _history = PromptHistory.Of(settings, time);
        _composer = new Composer(_history.Read());
        _conversation = new ConversationText(style, !settings.HidesReasoning);
        Desk = new ThreadDesk(wanted, settings, time, AskAsync);
    }

    public ThreadDesk Desk { get; }

    public Style Style { get; }

    public ConversationText Conversation => _conversation;

    public string? LastMessage { get; private set; }

    public AgentEvent.ContextMeasured? Context => _context;

    /// <summary>Null while the session goes on.</summary>
    public int? ExitCode => _exitCode;

    public bool IsWorking => _work is not null;

    /// <summary>Asks something before there is a thread.</summary>
    /// <returns>The key of the choice; null when the program is to end.</returns>
    public async Task<char?> AskFirstAsync(ImmutableArray<string> lines, ImmutableArray<(char Key, string Meaning)> choices, char escape, CancellationToken cancellation)
    {
        Read(cancellation);
        char? answer = null;
        Ask(new Question(lines, choices, key => answer = key, escape));
        while (answer is null && _exitCode is null)
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
        Prompt();
        while (_exitCode is null)
            await HandleAsync(await _signals.Reader.ReadAsync(cancellation), cancellation);
        await EndAsync();
        return _exitCode.Value;
    }

    /// <summary>Takes the live lines away, so that whoever writes next begins on a line of their own.</summary>
    public void Close()
    {
        _terminal.Write(_screen.Clear());
        _sources.Dispose();
    }

    public void Print(string text) => _terminal.Write(_screen.Update(text, Live()));

    public void PrintLine(string line) => Print(line + "\n");

    public void Quit() => _exitCode = 0;

    public void ClearScreen()
    {
        if (!_terminal.IsLive)
            return;
        _screen.Forget();
        _terminal.Write("\e[H\e[2J\e[3J");
    }

    public void WriteControl(string sequence) => _terminal.Write(sequence);

    public void Compose(string text) => _composer.Replace(text);

    /// <summary>Another thread, or the same under other settings: what is left of the window has to be measured anew.</summary>
    public void Greet()
    {
        _context = null;
        LastMessage = null;
        PrintLine($"{Style.Bold("codex-agent")} {Style.Dim($"in {PlainText.Of(Desk.Settings.WorkingDirectory)} · /help tells what can be done")}");
        PrintWarnings();
    }

    public void PrintWarnings()
    {
        foreach (var warning in Desk.Thread.Warnings)
            PrintLine(Style.Accent($"warning: {PlainText.Of(warning)}"));
    }

    /// <summary>Sends a prompt of the program's own; false while something runs.</summary>
    public void StartTurn(string text)
    {
        PrintLine("\n" + Style.Bold("> " + PlainText.Of(text).Replace("\n", "\n  ", StringComparison.Ordinal)));
        var input = new UserInput(text, _images, []);
        _images = [];
        Start(cancellation => Desk.Thread.Thread.RunTurnAsync(Desk.Thread.Complete(input), cancellation), isTurn: true);
    }

    /// <summary>Runs something that tells events, while the user can go on typing and interrupt it.</summary>
    public void Start(Func<CancellationToken, IAsyncEnumerable<AgentEvent>> work, bool isTurn = false)
    {
        _isTurn = isTurn;
        _wantsToQuit = false;
        _work = RunningWork.Start(work, _signals.Writer);
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
                    await HandleAsync(key, cancellation);
                break;
            case SessionSignal.Told told:
                Tell(told.Event);
                break;
            case SessionSignal.WorkEnded ended:
                await EndWorkAsync(ended.Fault, cancellation);
                break;
            case SessionSignal.Asked asked:
                Ask(Question.Of(asked.Request, answer => Answer(asked.Answer, answer)));
                break;
            case SessionSignal.Resized:
                _screen.Resized(_terminal.Size.Columns);
                break;
            case SessionSignal.Continued:
                _terminal.Enter();
                _screen.Forget();
                break;
            case SessionSignal.InputEnded:
                _exitCode = 0;
                return;
            case SessionSignal.Terminated:
                _exitCode = Terminated;
                return;
        }

        Print("");
    }

    private void Answer(TaskCompletionSource<ApprovalAnswer> waiting, ApprovalAnswer answer)
    {
        waiting.TrySetResult(answer);
        if (answer == ApprovalAnswer.Abort)
            _work?.Interrupt();
    }

    private void Ask(Question question)
    {
        _questions.Enqueue(question);
        Print(_terminal.IsLive ? "" : string.Concat(question.Lines.Append(question.Keys).Select(l => l + "\n")));
    }

    private void Tell(AgentEvent e)
    {
        if (e is AgentEvent.ContextMeasured measured)
            _context = measured;
        if (e is AgentEvent.ItemCompleted { Item: ThreadItem.AgentMessage message })
            LastMessage = message.Text;
        if (e is AgentEvent.TurnInterrupted && _queued.Count > 0)
        {
            // Whoever interrupts wants to say something else first.
            _composer.Replace(string.Join('\n', [.. _queued, .. _composer.IsEmpty ? (string[])[] : [_composer.Buffer.Text]]));
            _queued.Clear();
        }

        if (_conversation.Of(e) is { Length: > 0 } text)
            Print(text);
    }

    private async Task EndWorkAsync(Exception? fault, CancellationToken cancellation)
    {
        _work?.Dispose();
        _work = null;
        _questions.Clear();
        if (fault is not null)
            PrintLine(Style.Bad($"failed: unexpected {fault.GetType().Name}: {PlainText.Of(fault.Message)}"));
        if (_queued.Count > 0 && _exitCode is null)
        {
            var next = _queued[0];
            _queued.RemoveAt(0);
            await SubmitAsync(next, cancellation);
        }

        Prompt();
    }

    private async Task HandleAsync(Key key, CancellationToken cancellation)
    {
        var isInterrupt = key is Key.Pressed { Name: KeyName.Interrupt };
        if (_questions.TryPeek(out var question))
        {
            if (Chosen(key, question) is { } choice && question.Answer(choice))
                _questions.TryDequeue(out _);
            return;
        }

        if (!isInterrupt)
            _wantsToQuit = false;
        switch (key)
        {
            case Key.Pressed { Name: KeyName.Interrupt }:
                Interrupt();
                break;
            case Key.Pressed { Name: KeyName.EndOfInput } when _composer.IsEmpty:
                _exitCode = 0;
                break;
            case Key.Pressed { Name: KeyName.EndOfInput }:
                _composer.Apply(new Key.Pressed(KeyName.Delete));
                break;
            case Key.Pressed { Name: KeyName.Suspend }:
                _terminal.Write(_screen.Clear());
                _terminal.Suspend();
                break;
            case Key.Pressed { Name: KeyName.Redraw }:
                _screen.Forget();
                _terminal.Write("\e[H\e[2J");
                break;
            case Key.Pressed { Name: KeyName.Escape } when IsWorking:
                _work!.Interrupt();
                break;
            case Key.Pressed { Name: KeyName.Tab } when IsWorking && !_composer.IsEmpty:
                _queued.Add(_composer.Take());
                break;
            case Key.Pressed { Name: KeyName.Tab }:
                _composer.Replace(SlashCommands.Complete(_composer.Buffer.Text));
                break;
            case Key.Pressed { Name: KeyName.Enter }:
                if (!string.IsNullOrWhiteSpace(_composer.Buffer.Text))
                    await EnterAsync(_composer.Take(), cancellation);
                else
                    Prompt();
                break;
            default:
                _composer.Apply(key);
                break;
        }
    }

    private static char? Chosen(Key key, Question question) => key switch
    {
        Key.Typed { Text: [var c] } => c,
        Key.Pasted { Text: [var c, ..] } => c,
        Key.Pressed { Name: KeyName.Escape or KeyName.Interrupt or KeyName.EndOfInput } => question.Escape,
        _ => null,
    };

    private void Interrupt()
    {
        if (_work is { IsInterrupted: false })
        {
            _work.Interrupt();
        }
        else if (!_composer.IsEmpty)
        {
            _composer.Replace("");
        }
        else if (_wantsToQuit)
        {
            _exitCode = 0;
        }
        else
        {
            _wantsToQuit = true;
            if (!_terminal.IsLive)
                PrintLine("Ctrl-C again quits");
        }
    }

    private async Task EnterAsync(string text, CancellationToken cancellation)
    {
        if (await _history.AddAsync(Desk.Thread.Id, text, cancellation) is { } problem)
            PrintLine(Style.Accent($"warning: {problem}"));
        await SubmitAsync(text, cancellation);
    }

    private async Task SubmitAsync(string text, CancellationToken cancellation)
    {
        if (text.TrimStart() is ['/', ..])
        {
            await SlashCommands.RunAsync(this, text.Trim(), cancellation);
            Prompt();
        }
        else if (text.TrimStart() is ['!', .. var script] && !IsWorking)
        {
            if (script.Trim() is { Length: > 0 } command)
                Start(interrupt => UserCommand.RunAsync(command, Desk, interrupt));
        }
        else if (!IsWorking)
        {
            StartTurn(text);
        }
        else if (_isTurn && text.TrimStart() is not ['!', ..])
        {
            PrintLine("\n" + Style.Bold("> " + PlainText.Of(text).Replace("\n", "\n  ", StringComparison.Ordinal)));
            Desk.Thread.Thread.Steer(Desk.Thread.Complete(new UserInput(text)));
        }
        else
        {
            _queued.Add(text);
        }
    }

    /// <summary>Where lines are read, says that one is awaited.</summary>
    private void Prompt()
    {
        if (!_terminal.IsLive && !IsWorking && _exitCode is null)
            _terminal.Write("> ");
    }

    private async Task EndAsync()
    {
        if (_work is not { } work)
            return;
        work.Interrupt();
        // A turn that is interrupted still writes its end into the session.
        await foreach (var signal in _signals.Reader.ReadAllAsync())
        {
            if (signal is SessionSignal.WorkEnded)
                break;
        }
    }

    private Drawing Live()
    {
        var (columns, rows) = _terminal.Size;
        if (_questions.TryPeek(out var question))
            return LiveArea.Of(question, Style, columns, rows);
        return Desk.IsOpen
            ? LiveArea.Of(_conversation.Live, IsWorking ? Hint : null, _queued, _composer.Buffer, Status(), Style, columns, rows)
            : new Drawing([""], 0, 0);
    }

    private string Status() => _wantsToQuit
        ? "Ctrl-C again quits"
        : StatusLine.Of(Desk.Host.Model.Slug, PolicyNames.Of(Desk.Settings.Sandbox.Mode), PolicyNames.Of(Desk.Settings.Approval), _context);
}
