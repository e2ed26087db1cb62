using Codex.Agent.Approvals;
using Codex.Agent.Configuration.Layers;
using Codex.Agent.Projects;

namespace Codex.Agent.Configuration;

/// <summary>When the user is asked.</summary>
internal static class ApprovalSettings
{
    private const string Key = "approval_policy";

    private static readonly (string Word, ApprovalPolicy Value)[] Words =
    [
        ("untrusted", ApprovalPolicy.Untrusted),
        ("on-request", ApprovalPolicy.OnRequest),
        ("never", ApprovalPolicy.Never),
        // Older spellings: what they meant has gone or has another name.
        ("on-failure", ApprovalPolicy.OnRequest),
        ("unless-allow-listed", ApprovalPolicy.Untrusted),
    ];

    public static ApprovalPolicy Read(SettingsRequest request, SettingsSection settings, ProjectTrust trust)
    {
        var configured = Configured(settings);
        ApprovalPolicy? flag = request.ApprovalPolicy is { } word ? OfWord(word, "-a", settings.Findings) : null;
        if (request.IsExec || request.BypassesAll)
            return ApprovalPolicy.Never;
        return flag ?? (request.FullAuto ? ApprovalPolicy.OnRequest : configured)
            ?? (trust == ProjectTrust.Untrusted ? ApprovalPolicy.Untrusted : ApprovalPolicy.OnRequest);
    }

    public static ApprovalPolicy? OfWord(string word)
    {
        foreach (var (known, value) in Words)
        {
            if (known == word)
                return value;
        }

        return null;
    }

    private static ApprovalPolicy? OfWord(string word, string place, SettingsFindings findings)
    {
        var policy = OfWord(word);
        if (policy is null)
            findings.Fault($"{place} is \"{word}\"; write one of: untrusted, on-request, never");
        else if (word != PolicyNames.Of(policy.Value))
            findings.Warn($"{place} \"{word}\" is an older spelling of \"{PolicyNames.Of(policy.Value)}\"");
        return policy;
    }

    private static ApprovalPolicy? Configured(SettingsSection settings)
    {
        if (settings.Find(Key) is not SettingNode.Table table)
            return settings.Text(Key) is { } word ? OfWord(word, $"{settings.Find(Key)!.Origin.Place}: {Key}", settings.Findings) : null;
        var granular = settings.Section(Key)!.SectionOrEmpty("granular");
        settings.Findings.Warn(table.Origin, settings.PathOf(Key), "is taken as a whole: sandbox_approval decides between \"on-request\" and \"never\"");
        return granular.Flag("sandbox_approval") is false ? ApprovalPolicy.Never : ApprovalPolicy.OnRequest;
    }
}
