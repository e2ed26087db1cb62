using System.Runtime.InteropServices;
using Codex.Agent.Processes;
using Microsoft.Win32.SafeHandles;

namespace Codex.Agent.Edits;

/// <summary>
/// A directory that was reached without following any link, and is held. Edits are written by this process, outside of the
/// sandbox; a command that still runs may put a link in place of a directory after the edit was allowed, and the file must
/// not land where that leads.
/// </summary>
internal sealed class AnchoredDirectory : IDisposable
{
    private const int PathOnly = 0x200000;
    private const int WriteOnly = 1;
    private const int NotFound = 2;
    private const int FileExists = 17;
    private const uint EveryMode = 0x1FF;
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
    private static readonly int FollowsNoLink = IsArm ? 0x8000 : 0x20000;
    private static readonly int OnlyDirectories = IsArm ? 0x4000 : 0x10000;
    private readonly string _path;
    private readonly int _descriptor;

    private AnchoredDirectory(string path, int descriptor)
    {
        _path = path;
        _descriptor = descriptor;
    }

    /// <summary>A path to an entry that leads through the held directory, wherever that is by now.</summary>
    public string this[string name] => Path.Combine(_path, name);

    /// <param name="path">Absolute, links resolved.</param>
    /// <param name="makesMissing">Make the directories that are not there.</param>
    /// <exception cref="IOException">It is not there, or there is a link on the way.</exception>
    public static AnchoredDirectory Open(string path, bool makesMissing)
    {
        if (!OperatingSystem.IsLinux())
        {
            if (makesMissing)
                Directory.CreateDirectory(path);
            return new AnchoredDirectory(path, -1);
        }

        var current = Hold("/");
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var place = $"{ThroughDescriptor(current)}/{part}";
            var next = Hold(place);
            if (next == -NotFound && makesMissing)
                next = LibC.MakeDirectory(place, EveryMode) == 0 || Marshal.GetLastPInvokeError() == FileExists ? Hold(place) : -Marshal.GetLastPInvokeError();
            var isLink = next < 0 && FileStatus.Of(place).IsDirectory;
            LibC.Close(current);
            if (next < 0)
                throw new IOException(isLink ? $"{path} leads elsewhere now than when the edit was checked" : FileStatus.Describe(-next));
            current = next;
        }

        return new AnchoredDirectory(ThroughDescriptor(current), current);
    }

    /// <summary>A file to be written in place.</summary>
    /// <exception cref="IOException">There is none, or none that may be written.</exception>
    public SafeFileHandle OpenToWrite(string name)
    {
        if (!OperatingSystem.IsLinux())
            return File.OpenHandle(this[name], FileMode.Open, FileAccess.Write);
        // A pipe put in its place would otherwise hold us for ever.
        var descriptor = LibC.Open(this[name], WriteOnly | FollowsNoLink | LibC.NonBlocking | LibC.CloseOnExec, 0);
        return descriptor < 0
            ? throw new IOException(FileStatus.Describe(Marshal.GetLastPInvokeError()))
            : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    public void Dispose()
    {
        if (_descriptor >= 0)
            LibC.Close(_descriptor);
    }

    /// <returns>A descriptor; negative: the number of the error.</returns>
    private static int Hold(string place)
    {
        var descriptor = LibC.Open(place, PathOnly | OnlyDirectories | FollowsNoLink | LibC.CloseOnExec, 0);
        return descriptor >= 0 ? descriptor : -Marshal.GetLastPInvokeError();
    }

    private static string ThroughDescriptor(int descriptor) => $"/proc/self/fd/{descriptor}";
}
