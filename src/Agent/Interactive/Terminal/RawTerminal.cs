using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Codex.Agent.Interactive.Terminal;

/// <summary>The terminal this program runs in, made ready for single keys and put back as it was found.</summary>
internal sealed class RawTerminal : IDisposable
{
    private const string Begin = "\e[?2004h";
    private const string End = "\e[?2004l\e[?25h\e[0m";

    private readonly FileStream _input = new(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
    private readonly FileStream _output = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
    private readonly byte[]? _found;
    private bool _isRaw;

    /// <param name="takesKeys">False leaves the terminal as it is and reads lines.</param>
    public RawTerminal(bool takesKeys)
    {
        _found = takesKeys ? TerminalControl.Read() : null;
        IsLive = _found is not null;
        Enter();
    }

    /// <summary>Single keys come, and what was written can be redrawn.</summary>
    public bool IsLive { get; }

    public (int Columns, int Rows) Size => TerminalControl.Size();

    public ValueTask<int> ReadAsync(Memory<byte> bytes, CancellationToken cancellation) => _input.ReadAsync(bytes, cancellation);

    public void Write(string text)
    {
        try
        {
            _output.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException)
        {
            // The terminal is gone: nobody is there to read, and the end of the input tells so.
        }
    }

    /// <summary>Takes the terminal again after somebody else had it.</summary>
    public void Enter()
    {
        if (_found is null)
            return;
        TerminalControl.Write(TerminalControl.Raw(_found));
        Write(Begin);
        _isRaw = true;
    }

    public void Dispose()
    {
        Leave();
        _input.Dispose();
        _output.Dispose();
    }

    /// <summary>Puts it back as it was found.</summary>
    public void Leave()
    {
        if (!_isRaw)
            return;
        _isRaw = false;
        Write(End);
        TerminalControl.Write(_found!);
    }
}
