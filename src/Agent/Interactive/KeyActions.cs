using Codex.Agent.Interactive.Input;

namespace Codex.Agent.Interactive;

/// <summary>What the keys do in a session.</summary>
internal sealed class KeyActions(InteractiveSession session)
{
    public const string QuitHint = "Ctrl-C again quits";

    public async Task HandleAsync(Key key, CancellationToken cancellation)
    {
        if (session.Questions.Takes(key))
        {
            foreach (var line in session.Questions.Take(key))
                session.PrintLine(session.Style.Dim(line));
            return;
        }

        if (!session.Desk.IsOpen)
            return;
        if (key is not Key.Pressed { Name: KeyName.Interrupt })
            session.WantsToQuit = false;
        if (key is Key.Pressed { Name: var name } && await PressAsync(name, cancellation))
            return;
        session.Composer.Apply(key);
    }

    /// <returns>False for keys that only edit the message.</returns>
    private async Task<bool> PressAsync(KeyName name, CancellationToken cancellation)
    {
        switch (name)
        {
            case KeyName.Interrupt:
                Interrupt();
                return true;
            case KeyName.Escape:
                session.Work.Interrupt();
                return true;
            case KeyName.EndOfInput when session.Composer.IsEmpty:
                session.Quit();
                return true;
            case KeyName.Suspend:
                await session.SuspendAsync(cancellation);
                return true;
            case KeyName.Redraw:
                session.ClearScreen(forgetsAll: false);
                return true;
            case KeyName.Tab:
                Complete();
                return true;
            case KeyName.Enter:
                await EnterAsync(cancellation);
                return true;
            default:
                return false;
        }
    }

    private void Complete()
    {
        if (session.Completer.Next(session.Composer.Buffer, session.Words()) is { } completed)
            session.Composer.Replace(completed);
        else if (session.Work.IsRunning && !session.Composer.IsEmpty)
            session.Work.Queue(session.Composer.Take());
    }

    private async Task EnterAsync(CancellationToken cancellation)
    {
        if (!string.IsNullOrWhiteSpace(session.Composer.Buffer.Text))
            await session.EnterAsync(session.Composer.Take(), cancellation);
        else
            session.AwaitLine();
    }

    private void Interrupt()
    {
        if (session.Work.Interrupt())
            return;
        if (!session.Composer.IsEmpty)
        {
            session.Composer.Replace("");
        }
        else if (session.WantsToQuit)
        {
            session.Quit();
        }
        else
        {
            session.WantsToQuit = true;
            session.Hear(QuitHint);
        }
    }
}
