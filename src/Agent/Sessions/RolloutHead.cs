using System.Globalization;
using Codex.Agent.Projects;

namespace Codex.Agent.Sessions;

/// <summary>What the first line of a rollout file says about its thread (<c>session_meta</c>).</summary>
/// <param name="ThreadId">UUID version 7.</param>
/// <param name="WorkingDirectory">Where the thread began; absolute.</param>
/// <param name="Originator">Such as <c>codex_exec</c>.</param>
/// <param name="Version">Of the program that began it.</param>
/// <param name="Source"><c>exec</c>, <c>cli</c>, …; <c>subagent</c> for a thread that another one started.</param>
/// <param name="Provider">Id of the model provider.</param>
public sealed record RolloutHead(
    string ThreadId, DateTimeOffset Started, string WorkingDirectory, string Originator, string Version, string Source, string Provider)
{
    /// <summary>The thread whose history this one began with.</summary>
    public string? ForkedFrom { get; init; }

    /// <summary>Where the work tree stood when the thread began; null outside any.</summary>
    public GitFacts? Git { get; init; }

    public bool IsSubagent => Source == SubagentSource;

    internal const string SubagentSource = "subagent";

    /// <summary><c>sessions/YYYY/MM/DD/rollout-YYYY-MM-DDThh-mm-ss-ID.jsonl</c>, by the local clock.</summary>
    public string PathIn(string codexHome, TimeProvider time)
    {
        var local = TimeZoneInfo.ConvertTime(Started, time.LocalTimeZone);
        return Path.Combine(
            codexHome,
            "sessions",
            local.ToString("yyyy", CultureInfo.InvariantCulture),
            local.ToString("MM", CultureInfo.InvariantCulture),
            local.ToString("dd", CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"rollout-{local:yyyy-MM-ddTHH-mm-ss}-{ThreadId}.jsonl"));
    }
}
