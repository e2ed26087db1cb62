using System.CommandLine;
using System.CommandLine.Parsing;
using Codex.Agent.Configuration;
using Codex.Agent.Configuration.Dialects;

namespace Codex.Agent.CommandLine;

/// <summary>The flags that every way of starting a thread has, in Codex's spelling.</summary>
internal sealed class ThreadOptions
{
    private readonly Option<string?> _model = new("--model", "-m") { Description = "Model to use. Default: the configuration's, else the first that the server offers.", HelpName = "model" };

    private readonly Option<string?> _profile = new("--profile", "-p") { Description = "Profile: the file NAME.config.toml beside config.toml.", HelpName = "name" };

    private readonly Option<string[]> _overrides = new("--config", "-c") { Description = "Value of the configuration, as key=value; the value is TOML, else text. Can be repeated.", HelpName = "key=value", Arity = ArgumentArity.ZeroOrMore };

    private readonly Option<string?> _sandbox = new("--sandbox", "-s") { Description = "read-only, workspace-write or danger-full-access.", HelpName = "mode", Validators = { r => Word(r, w => SandboxSettings.OfWord(w) is null, "read-only, workspace-write, danger-full-access") } };

    private readonly Option<string?> _approval = new("--ask-for-approval", "-a") { Description = "untrusted, on-request or never. exec never asks.", HelpName = "policy", Validators = { r => Word(r, w => ApprovalSettings.OfWord(w) is null, "untrusted, on-request, never") } };

    private readonly Option<string?> _directory = new("--cd", "-C") { Description = "Directory to work in. Default: the current one.", HelpName = "dir" };

    private readonly Option<string[]> _addDir = new("--add-dir") { Description = "Another directory that may be written to. Can be repeated.", HelpName = "dir", Arity = ArgumentArity.ZeroOrMore };

    private readonly Option<string[]> _images = new("--image", "-i") { Description = "Image to show to the model; several separated by commas.", HelpName = "file", Arity = ArgumentArity.ZeroOrMore };

    private readonly Option<bool> _fullAuto = new("--full-auto") { Description = "Older spelling of -s workspace-write." };

    private readonly Option<bool> _bypass = new("--dangerously-bypass-approvals-and-sandbox", "--yolo") { Description = "No sandbox, no questions. Only where nothing can be lost." };

    private readonly Option<bool> _oss = new("--oss") { Description = "Use a model server of this machine." };

    private readonly Option<string?> _localProvider = new("--local-provider") { Description = $"Which one, with --oss: {string.Join(" or ", LocalServer.All.Select(s => s.Id))}.", HelpName = "name" };

    private readonly Option<bool> _ignoreUserConfig = new("--ignore-user-config") { Description = "Do not read config.toml of the user." };

    private readonly Option<bool> _ignoreRules = new("--ignore-rules") { Description = "Do not read the .rules files of the user and the project." };

    private readonly Option<string[]> _enable = new("--enable") { Description = "Turn a feature on; features list shows them. Can be repeated.", HelpName = "feature", Arity = ArgumentArity.ZeroOrMore };

    private readonly Option<string[]> _disable = new("--disable") { Description = "Turn a feature off. Can be repeated.", HelpName = "feature", Arity = ArgumentArity.ZeroOrMore };

    private readonly Option<bool> _search = new("--search") { Description = "Taken, as Codex has it; search is a service of OpenAI." };

    private readonly Option<bool> _noAltScreen = new("--no-alt-screen") { Description = "Taken, as Codex has it; the conversation always stays on the main screen." };

    private readonly Option<bool> _strict = new("--strict-config") { Description = "Refuse keys of the configuration that are not known." };

    public void AddTo(Command command)
    {
        _sandbox.Offer(static () => ["read-only", "workspace-write", "danger-full-access"]);
        _approval.Offer(static () => ["untrusted", "on-request", "never"]);
        _localProvider.Offer(static () => LocalServer.All.Select(s => s.Id));
        _model.Offer(CompletionWords.Models);
        _profile.Offer(CompletionWords.Profiles);
        _enable.Offer(CompletionWords.Features);
        _disable.Offer(CompletionWords.Features);
        // Images take one value each, so that a prompt may follow.
        foreach (var many in (Option<string[]>[])[_overrides, _addDir, _images, _enable, _disable])
            many.AllowMultipleArgumentsPerToken = false;
        foreach (var option in (Option[])[_model, _profile, _overrides, _sandbox, _approval, _directory, _addDir, _images, _fullAuto, _bypass, _oss, _localProvider, _ignoreUserConfig, _ignoreRules, _enable, _disable, _search, _noAltScreen, _strict])
            command.Options.Add(option);
    }

    public SettingsRequest Settings(ParseResult parsed, bool isExec) => new()
    {
        Directory = parsed.GetValue(_directory),
        Model = parsed.GetValue(_model),
        Profile = parsed.GetValue(_profile),
        Overrides =
        [
            .. parsed.GetValue(_search) ? ["web_search=\"live\""] : Array.Empty<string>(),
            .. parsed.GetValue(_overrides) ?? [],
        ],
        SandboxMode = parsed.GetValue(_sandbox),
        ApprovalPolicy = parsed.GetValue(_approval),
        AddedDirectories = [.. parsed.GetValue(_addDir) ?? []],
        FullAuto = parsed.GetValue(_fullAuto),
        BypassesAll = parsed.GetValue(_bypass),
        Oss = parsed.GetValue(_oss),
        LocalProvider = parsed.GetValue(_localProvider),
        IsExec = isExec,
        IgnoresUserConfig = parsed.GetValue(_ignoreUserConfig),
        IgnoresRules = parsed.GetValue(_ignoreRules),
        EnabledFeatures = [.. parsed.GetValue(_enable) ?? []],
        DisabledFeatures = [.. parsed.GetValue(_disable) ?? []],
        Strict = parsed.GetValue(_strict),
    };

    public IReadOnlyList<string> Images(ParseResult parsed) =>
        [.. (parsed.GetValue(_images) ?? []).SelectMany(i => i.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    /// <summary>A word that is none of those known is a mistake of the command line, not of the configuration.</summary>
    private static void Word(OptionResult result, Func<string, bool> isWrong, string words)
    {
        if (result.Tokens is [var token] && isWrong(token.Value))
            result.AddError($"{result.IdentifierToken?.Value} is \"{token.Value}\"; write one of: {words}.");
    }
}
