namespace Codex.Agent.Doctor;

/// <summary>How much a finding matters.</summary>
internal enum Severity
{
    /// <summary>The agent does not start, or a turn fails.</summary>
    Error,

    /// <summary>Works, but probably not as meant.</summary>
    Warning,

    Info,
}

/// <summary>Something the doctor found. Never holds a secret.</summary>
/// <param name="Code">E, W or I for the severity, and a number that stays the same for ever.</param>
/// <param name="Message">One line.</param>
/// <param name="Hint">What to do, in one line; null when there is nothing to do.</param>
internal sealed record Finding(string Code, string Message, string? Hint = null)
{
    public Severity Severity => Code[0] switch
    {
        'E' => Severity.Error,
        'W' => Severity.Warning,
        _ => Severity.Info,
    };
}
