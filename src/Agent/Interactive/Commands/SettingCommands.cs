using System.Collections.Immutable;
using System.Globalization;
using Codex.Agent.Configuration;
using Codex.Agent.Interactive.Screen;

namespace Codex.Agent.Interactive.Commands;

/// <summary>Commands about what the conversation runs with.</summary>
internal static class SettingCommands
{
    public static readonly ImmutableArray<SlashCommand> All =
    [
        new("model", "[NAME]", "Show the server's models, or go on with another one.", WhileWorking: false, ModelAsync),
        new("permissions", "[WORDS]", "Show or change what commands may do unasked.", WhileWorking: false, PermissionsAsync),
        new("approvals", "[WORDS]", "Show or change what commands may do unasked.", WhileWorking: false, PermissionsAsync) { IsAlias = true },
        new("status", "", "Show model, directory, permissions and tokens.", WhileWorking: true, StatusAsync),
    ];

    private static async Task ModelAsync(InteractiveSession session, string name, CancellationToken cancellation)
    {
        var models = await session.Desk.Host.ListModelsAsync(cancellation);
        if (name.Length == 0)
        {
            var current = session.Desk.Host.Model.Slug;
            session.Print(string.Concat(models.Select(m => $"  {PlainText.Of(m.Slug)}{(m.Slug == current ? " (current)" : "")}\n")) + "Choose one with /model NAME.\n");
            return;
        }

        if (models.Count > 0 && !models.Any(m => m.Slug.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            session.PrintLine($"The server has no model {PlainText.Of(name)}; /model lists those it has.");
            return;
        }

        await ChangeAsync(session, wanted => wanted with { Model = name }, cancellation);
    }

    private static async Task PermissionsAsync(InteractiveSession session, string arguments, CancellationToken cancellation)
    {
        var settings = session.Desk.Settings;
        var words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            session.Print(
                $"sandbox {PolicyNames.Of(settings.Sandbox.Mode)}, approvals {PolicyNames.Of(settings.Approval)}\n"
                + "  read-only           commands can change nothing\n"
                + "  workspace-write     commands can change files in the working directory\n"
                + "  danger-full-access  no sandbox\n"
                + "  untrusted           you are asked before all that is not known to be harmless\n"
                + "  on-request          you are asked when more than the sandbox is needed\n"
                + "  never               nothing is asked; what would need it is refused\n"
                + "Choose with /permissions and one or two of these words.\n");
            return;
        }

        if (words.FirstOrDefault(w => SandboxSettings.OfWord(w) is null && ApprovalSettings.OfWord(w) is null) is { } unknown)
        {
            session.PrintLine($"{PlainText.Of(unknown)} is neither a sandbox mode nor an approval policy; /permissions lists them.");
            return;
        }

        var (mode, policy) = (words.LastOrDefault(w => SandboxSettings.OfWord(w) is not null), words.LastOrDefault(w => ApprovalSettings.OfWord(w) is not null));
        await ChangeAsync(
            session,
            wanted => wanted with
            {
                SandboxMode = mode ?? PolicyNames.Of(settings.Sandbox.Mode),
                ApprovalPolicy = policy ?? PolicyNames.Of(settings.Approval),
                FullAuto = false,
                BypassesAll = false,
            },
            cancellation);
    }

    private static Task StatusAsync(InteractiveSession session, string arguments, CancellationToken cancellation)
    {
        var (desk, conversation) = (session.Desk, session.Desk.Thread.Thread.Setup.Conversation);
        var total = conversation.Total;
        session.Print(string.Create(
            CultureInfo.InvariantCulture,
            $"""
              model      {desk.Host.Model.Slug} at {desk.Host.Endpoint.BaseUrl.GetLeftPart(UriPartial.Path)}
              directory  {PlainText.Of(desk.Settings.WorkingDirectory)}
              sandbox    {PolicyNames.Of(desk.Settings.Sandbox.Mode)}{(desk.Settings.Sandbox.AllowsNetwork ? ", with network" : "")}
              approvals  {PolicyNames.Of(desk.Settings.Approval)}
              thread     {desk.Thread.Id}
              context    {conversation.ContextTokens} of {desk.Host.Model.Window} tokens, {conversation.PrefixTokens} of them for instructions and tools
              used       {total.Input} in ({total.CachedInput} cached), {total.Output} out ({total.ReasoningOutput} reasoning)

            """));
        return Task.CompletedTask;
    }

    private static async Task ChangeAsync(InteractiveSession session, Func<SettingsRequest, SettingsRequest> change, CancellationToken cancellation)
    {
        if (await session.Desk.ChangeAsync(change, cancellation) is { } problem)
        {
            session.PrintLine(problem);
            return;
        }

        var settings = session.Desk.Settings;
        session.PrintLine($"Now {session.Desk.Host.Model.Slug}, {PolicyNames.Of(settings.Sandbox.Mode)}, {PolicyNames.Of(settings.Approval)}.");
        session.Measure();
        session.PrintWarnings();
    }
}
