using System.Globalization;
using System.Text;
using Codex.Agent.Client;
using Codex.Agent.Configuration;

namespace Codex.Agent.Tests.Configuration;

/// <summary>Resolved settings as text, one per line; what is as it always is when nothing is said stays out.</summary>
internal static class SettingsText
{
    /// <summary>Of every command; they have a test of their own.</summary>
    private static readonly string[] Plain =
        ["NO_COLOR", "TERM", "COLORTERM", "LANG", "LC_CTYPE", "LC_ALL", "PAGER", "GIT_PAGER", "GH_PAGER", "CODEX_CI"];

    public static string Write(AgentSettings settings)
    {
        var text = new StringBuilder();
        Line("model", settings.Model);
        Endpoint(text, settings.Endpoint);
        Line("window", settings.Overrides.Window?.ToString(CultureInfo.InvariantCulture));
        Line("compact at", settings.Overrides.CompactLimit?.ToString(CultureInfo.InvariantCulture));
        Line("effort", settings.Overrides.ReasoningEffort);
        foreach (var entry in settings.Catalog)
            Line("catalogue", entry.ToString());
        Line("approval", PolicyNames.Of(settings.Approval));
        Line("sandbox", PolicyNames.Of(settings.Sandbox.Mode) + (settings.Sandbox.AllowsNetwork ? ", network" : ""));
        foreach (var root in settings.Sandbox.WritableRoots)
            Line("writable", root);
        Line("trust", settings.Trust.ToString());
        Line("directory", settings.WorkingDirectory);
        Line("project", settings.ProjectRoot);
        foreach (var directory in settings.ConfigurationDirectories)
            Line("configuration", directory);
        foreach (var (name, value) in settings.CommandEnvironment.Where(v => !Plain.Contains(v.Key)))
            Line("command sees", $"{name}={value}");
        Line("base", settings.BaseInstructions);
        Line("developer", settings.DeveloperInstructions);
        Line("instructions", settings.ProjectInstructions);
        foreach (var skill in settings.Skills.All)
            Line(skill.IsListed ? "skill" : "unlisted skill", $"{skill.Name}: {skill.Description} ({skill.File})");
        Line("skill tokens", settings.Skills.MostTokens?.ToString(CultureInfo.InvariantCulture));
        Line("memory", settings.Memory);
        Line("compact prompt", settings.CompactPrompt);
        Line("summary", settings.ReasoningSummary == "auto" ? null : settings.ReasoningSummary ?? "none");
        Line("hides reasoning", settings.HidesReasoning ? "yes" : null);
        Line("raw reasoning", settings.ShowsRawReasoning ? "yes" : null);
        Line("verbosity", settings.Overrides.Verbosity);
        Line("prompt", settings.Overrides.Prompt?.ToString());
        Line("edits", settings.Overrides.Edits?.ToString());
        Line("calls as text", settings.Overrides.CallsAsText?.ToString());
        Line("parallel", settings.Overrides.CallsInParallel?.ToString());
        Line("calls per turn", settings.Overrides.MostCallsPerTurn?.ToString(CultureInfo.InvariantCulture));
        Line("notify", settings.Notify.IsEmpty ? null : string.Join(' ', settings.Notify));
        Line("commands", settings.Features switch { { HasCommands: false } => "none", { HasSessions: false } => "one at a time", _ => null });
        Line("tells permissions", settings.TellsPermissions ? null : "no");
        Line("tells environment", settings.TellsEnvironment ? null : "no");
        Line("plan", settings.OffersPlan ? null : "not offered");
        Line("longest look", settings.LongestLook == TimeSpan.FromMinutes(5) ? null : $"{settings.LongestLook.TotalMilliseconds} ms");
        Line("output limit", settings.OutputLimit?.ToString(CultureInfo.InvariantCulture));
        Line("login shell", settings.AllowsLoginShell ? null : "no");
        Line("history", settings.KeepsNoHistory ? "no" : null);
        if (settings.Requirements.PrefixRules.GetArrayLength() > 0)
            Line("required rules", settings.Requirements.PrefixRules.GetRawText());
        Line("allowed servers", settings.Requirements.McpServers?.GetRawText());
        foreach (var warning in settings.Warnings)
            Line("warning", warning);
        return text.ToString();

        void Line(string name, string? value)
        {
            if (value is not null)
                text.Append(name).Append(": ").Append(value).Append('\n');
        }
    }

    private static void Endpoint(StringBuilder text, ModelEndpoint? endpoint)
    {
        if (endpoint is null)
        {
            text.Append("provider: the gateway of this machine\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"provider: {endpoint.ProviderId} at {endpoint.Address("/responses")}\n");
        if (endpoint.Key() is { } key)
            text.Append(CultureInfo.InvariantCulture, $"key: {key} from {endpoint.KeyVariable ?? "elsewhere"}\n");
        if (endpoint.KeyProgram is not null)
            text.Append("key: of a program\n");
        foreach (var (name, value) in endpoint.Headers)
            text.Append(CultureInfo.InvariantCulture, $"header: {name}: {value}\n");
        if (endpoint is not { RequestRetries: 4, StreamRetries: 5, IdleLimit.TotalMinutes: 5 })
            text.Append(CultureInfo.InvariantCulture, $"retries: {endpoint.RequestRetries}, {endpoint.StreamRetries}; silent for {endpoint.IdleLimit.TotalSeconds} s\n");
    }
}
