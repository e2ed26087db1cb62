using System.Collections.Immutable;
using Codex.ConfigTool.Doctor.Checks;

namespace Codex.ConfigTool.Doctor;

/// <summary>Every check. Adding one is one file and one entry here; the doctor is a fold over it.</summary>
internal static class CheckRegistry
{
    public static ImmutableArray<Func<Examination, IEnumerable<Finding>>> All { get; } =
    [
        RootKeyOrderCheck.Find,
        ReservedIdCheck.Find,
        DanglingProviderCheck.Find,
        ProviderNameCheck.Find,
        WireApiCheck.Find,
        LegacyProfileCheck.Find,
        AuthenticationCheck.Find,
        KeyCheck.Find,
        KeyPrefixCheck.Find,
        BaseUrlCheck.Find,
        ResponsesCheck.Find,
        ModelCheck.Find,
        ServerCheck.Find,
        ContextWindowCheck.Find,
        UnknownKeyCheck.Find,
        SecretCheck.Find,
        LineEndingCheck.Find,
        InstallationCheck.Find,
        FullAutoCheck.Find,
    ];

    /// <summary>What all checks find, the worst first.</summary>
    public static ImmutableArray<Finding> Examine(Examination examination) =>
        [.. All.SelectMany(check => check(examination)).OrderBy(f => f.Severity).ThenBy(f => f.Position?.Line ?? int.MaxValue)];
}
