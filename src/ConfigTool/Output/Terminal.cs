using Microsoft.Win32.SafeHandles;
using Spectre.Console;

namespace Codex.ConfigTool.Output;

/// <summary>Where words go, and whether a person is there to answer.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">What went wrong, and warnings.</param>
/// <param name="IsTerminal">Output goes to a screen.</param>
/// <param name="CanAsk">Both input and output are a terminal.</param>
/// <param name="ReadLine">The next line typed; null at the end.</param>
public sealed record Terminal(TextWriter Output, TextWriter Error, bool IsTerminal, bool CanAsk, Func<string?> ReadLine)
{
    private const nint StandardInput = 0;

#pragma warning disable RS0030 // The one place that asks the system whether a person sits there.
    public static Terminal OfProcess() => new(
        Console.Out,
        Console.Error,
        !Console.IsOutputRedirected,
        !Console.IsOutputRedirected && !Console.IsInputRedirected,
        OperatingSystem.IsWindows() ? Console.ReadLine : ReadStandardInput);
#pragma warning restore RS0030

    /// <summary>
    /// From the system, not from <c>Console</c>, which changes how the terminal reads only when it is asked for a line: a Ctrl-D typed
    /// between the question and that is lost, and the question stays open.
    /// </summary>
    private static string? ReadStandardInput()
    {
        using var input = new StreamReader(new FileStream(new SafeFileHandle(StandardInput, ownsHandle: false), FileAccess.Read));
        return input.ReadLine();
    }

    /// <summary>The next line typed; null at the end.</summary>
    /// <exception cref="OperationCanceledException">Ctrl-C came first.</exception>
    public Task<string?> ReadLineAsync(CancellationToken cancellation)
    {
        var line = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        // The system's call cannot be cut off, and whoever waits in it hears no Ctrl-C: a thread does, that ends with the process.
        new Thread(Wait) { IsBackground = true }.Start();
        return line.Task.WaitAsync(cancellation);

        void Wait()
        {
            try
            {
                line.TrySetResult(ReadLine());
            }
            catch (IOException e)
            {
                line.TrySetException(e);
            }
        }
    }

    /// <summary>A line in a colour where there are colours. The text is never taken for markup; a long one is folded at the edge of the screen.</summary>
    public void WriteLine(string text, Color color, bool useColor)
    {
        if (!IsTerminal)
        {
            Output.WriteLine(text);
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Output),
            ColorSystem = useColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        });
        console.Write(new Text(text, new Style(color)) { Overflow = Overflow.Fold });
        console.WriteLine();
    }
}
