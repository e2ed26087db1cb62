using System.Collections.Immutable;

namespace Codex.ConfigTool.Doctor;

/// <summary>A check, and all that it can find.</summary>
/// <param name="Find">Looks for it.</param>
/// <param name="Kinds">What it can find.</param>
internal sealed record Check(Func<Examination, IEnumerable<Finding>> Find, params ImmutableArray<FindingKind> Kinds);

/// <summary>A kind of finding.</summary>
/// <param name="Code">As in <see cref="Finding"/>.</param>
/// <param name="Summary">For help and the documentation, in one line.</param>
/// <param name="Needs">The option without which it is not looked for, or null.</param>
/// <param name="IsRepaired"><c>--fix</c> can put it right.</param>
internal sealed record FindingKind(string Code, string Summary, string? Needs = null, bool IsRepaired = false);
