using System.Collections.Immutable;
using Codex.Toml.Editing;
using Codex.Toml.Text;

namespace Codex.ConfigTool.Doctor;

/// <summary>How much a finding matters.</summary>
internal enum Severity
{
    /// <summary>Codex does not start, or requests fail.</summary>
    Error,

    /// <summary>Works, but probably not as meant.</summary>
    Warning,

    Info,
}

/// <summary>Something the doctor found.</summary>
/// <param name="Code">E, W or I for the severity, and a number that stays the same for ever.</param>
/// <param name="Message">What is wrong; further lines may show the place.</param>
/// <param name="Hint">What to do, or null.</param>
/// <param name="Position">Where in the file, when it is about a place.</param>
internal sealed record Finding(string Code, string Message, string? Hint = null, LinePosition? Position = null)
{
    /// <summary>Edits of the file that put it right and can do no harm; empty when a person has to decide.</summary>
    public ImmutableArray<TomlEdit> Repairs { get; init; } = [];

    public Severity Severity => Code[0] switch
    {
        'E' => Severity.Error,
        'W' => Severity.Warning,
        _ => Severity.Info,
    };
}
