namespace Codex.Agent.Processes;

/// <summary>Open files by their numbers.</summary>
internal static unsafe class Descriptors
{
    /// <summary>An unnamed file in memory that holds these bytes, at its beginning; closed on exec.</summary>
    public static int MemoryFile(ReadOnlySpan<byte> content)
    {
        const uint CloseOnExec = 1;
        var descriptor = LibC.CreateMemoryFile("codex-agent", CloseOnExec);
        if (descriptor < 0)
            throw new IOException($"memfd_create: {LibC.LastError()}");
        fixed (byte* bytes = content)
        {
            if (LibC.Write(descriptor, bytes, content.Length) != content.Length)
                throw new IOException($"memfd: {LibC.LastError()}");
        }

        LibC.Seek(descriptor, 0, 0);
        return descriptor;
    }

    /// <summary>
    /// Marks everything but the three standard files as closed on exec. What somebody left open when they started us would
    /// be a door out of the sandbox.
    /// </summary>
    public static void CloseAllOnExec()
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (!int.TryParse(Path.GetFileName(entry.AsSpan()), out var descriptor) || descriptor <= 2)
                continue;
            var flags = LibC.Control(descriptor, LibC.GetDescriptorFlags, 0);
            if (flags >= 0 && (flags & LibC.DescriptorCloseOnExec) == 0)
                LibC.Control(descriptor, LibC.SetDescriptorFlags, flags | LibC.DescriptorCloseOnExec);
        }
    }
}
