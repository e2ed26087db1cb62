using System.Runtime.InteropServices;

namespace Codex.Agent.Interactive.Terminal;

/// <summary>The terminal's own settings (termios(3), ioctl_tty(2)). Kept whole and put back whole, so that nothing of them is known here.</summary>
internal static partial class TerminalControl
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;

    /// <summary>More than any system's <c>struct termios</c> takes.</summary>
    private const int SettingsSize = 256;

    private const int WhenWritten = 1;
    private const nuint WindowSize = 0x5413;
    private const int StopSignal = 20;
    private const int OwnGroup = 0;

    /// <summary>Null when standard input is no terminal.</summary>
    public static unsafe byte[]? Read()
    {
        var settings = new byte[SettingsSize];
        fixed (byte* at = settings)
            return tcgetattr(StandardInput, at) == 0 ? settings : null;
    }

    public static unsafe void Write(byte[] settings)
    {
        fixed (byte* at = settings)
            _ = tcsetattr(StandardInput, WhenWritten, at);
    }

    /// <summary>Every key comes at once and as it is, and lines end only where we say so.</summary>
    public static unsafe byte[] Raw(byte[] settings)
    {
        var raw = settings.ToArray();
        fixed (byte* at = raw)
            cfmakeraw(at);
        return raw;
    }

    /// <summary>Columns and rows; those of an old terminal when it does not tell.</summary>
    public static unsafe (int Columns, int Rows) Size()
    {
        var size = stackalloc ushort[4];
        return OperatingSystem.IsLinux() && ioctl(StandardOutput, WindowSize, size) == 0 && size[0] > 0 && size[1] > 0
            ? (size[1], size[0])
            : (80, 24);
    }

    /// <summary>Stops this program and what it started, as Ctrl-Z does; takes effect a moment later.</summary>
    public static void Stop() => _ = kill(OwnGroup, StopSignal);

    [LibraryImport("libc")]
    private static unsafe partial int tcgetattr(int descriptor, byte* settings);

    [LibraryImport("libc")]
    private static unsafe partial int tcsetattr(int descriptor, int when, byte* settings);

    [LibraryImport("libc")]
    private static unsafe partial void cfmakeraw(byte* settings);

    [LibraryImport("libc")]
    private static unsafe partial int ioctl(int descriptor, nuint request, ushort* size);

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
