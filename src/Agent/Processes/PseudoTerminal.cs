using System.Runtime.InteropServices;

namespace Codex.Agent.Processes;

/// <summary>A new terminal of 24 lines and 80 columns.</summary>
/// <param name="Master">Our end; does not block, closed on exec.</param>
/// <param name="Path">Where the command opens its end.</param>
internal sealed record PseudoTerminal(int Master, string Path)
{
    public static unsafe PseudoTerminal Open()
    {
        var master = LibC.OpenTerminal(LibC.ReadWrite | LibC.NoControllingTerminal | LibC.CloseOnExec | LibC.NonBlocking);
        if (master < 0)
            throw new IOException($"No terminal could be opened: {LibC.LastError()}.");
        var name = stackalloc byte[128];
        if (LibC.GrantTerminal(master) != 0 || LibC.UnlockTerminal(master) != 0 || LibC.TerminalName(master, name, 128) != 0)
        {
            LibC.Close(master);
            throw new IOException($"No terminal could be opened: {LibC.LastError()}.");
        }

        const nuint SetWindowSize = 0x5414;
        var size = stackalloc ushort[4] { 24, 80, 0, 0 };
        LibC.DeviceControl(master, SetWindowSize, size);
        return new PseudoTerminal(master, Marshal.PtrToStringUTF8((nint)name)!);
    }
}
