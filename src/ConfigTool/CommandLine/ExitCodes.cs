namespace Codex.ConfigTool.CommandLine;

/// <summary>What the process ends with.</summary>
public static class ExitCodes
{
    public const int Done = 0;
    public const int Unexpected = 1;
    public const int Usage = 2;

    /// <summary>Only with <c>--exit-code</c>: a dry run found something to change.</summary>
    public const int ChangesPending = 3;

    /// <summary>The user's own values say something else.</summary>
    public const int Conflict = 4;

    /// <summary>The configuration cannot be read.</summary>
    public const int InvalidConfiguration = 5;

    /// <summary>The file cannot be written safely.</summary>
    public const int CannotWrite = 6;

    /// <summary>Somebody else changed the file meanwhile, or holds the lock.</summary>
    public const int ChangedUnderneath = 7;

    /// <summary>The doctor found errors.</summary>
    public const int DoctorErrors = 8;

    /// <summary>Only with <c>--check-endpoint</c>: the server cannot be used, so nothing was written; the doctor would say the same.</summary>
    public const int EndpointRefused = DoctorErrors;

    /// <summary>Only with <c>--strict</c>: the doctor found warnings and no errors.</summary>
    public const int DoctorWarnings = 9;

    /// <summary>Nothing to undo, or what was written has been changed since.</summary>
    public const int CannotUndo = 10;

    /// <summary>The result did not mean what was asked; nothing was written.</summary>
    public const int InternalCheck = 70;

    /// <summary>Ctrl-C.</summary>
    public const int Interrupted = 130;
}
