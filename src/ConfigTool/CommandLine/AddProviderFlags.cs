using System.CommandLine;
using Codex.ConfigTool.Providers;

namespace Codex.ConfigTool.CommandLine;

/// <summary>The flags of <c>add-provider</c> that shape the provider.</summary>
internal sealed class AddProviderFlags
{
    private readonly Option<string?> _id = new("--id") { Description = "Key below model_providers. Default: the preset's.", HelpName = "id" };
    private readonly Option<string?> _name = new("--name") { Description = "Name that Codex shows. Default: the id.", HelpName = "text" };
    private readonly Option<string?> _baseUrl = new("--base-url") { Description = "Address of the API, usually ending in /v1.", HelpName = "url" };
    private readonly Option<string?> _model = ModelFlag.Create("Model to start with.");
    private readonly Option<string?> _envKey = new("--env-key") { Description = "Name of the environment variable that holds the key; never the key.", HelpName = "variable" };
    private readonly Option<bool> _noAuth = new("--no-auth") { Description = "The server asks for no key." };
    private readonly Option<string[]> _authCommand = new("--auth-command")
    {
        Description = "Program that prints the key, with its arguments.",
        HelpName = "program",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _effort = new("--effort") { Description = "Reasoning effort: none, minimal, low, medium, high, xhigh or a word of the model's own.", HelpName = "effort" };
    private readonly Option<long?> _window = new("--context-window")
    {
        Description = "Tokens the model can take. Default: known for models of the preset.",
        HelpName = "tokens",
        CustomParser = result => OptionText.Number(result, 1, "a number of tokens above 0, such as 131072"),
    };
    private readonly Option<bool> _noWindow = new("--no-context-window") { Description = "Write no context window." };
    private readonly Option<string?> _webSearch = new("--web-search") { Description = "disabled, cached, indexed or live.", HelpName = "mode" };
    private readonly Option<bool> _minimalTools = new("--minimal-tools") { Description = "Only plain function tools: no web search, no agents, no goals." };
    private readonly Option<string[]> _set = new("--set") { Description = "Further key of the provider's table, such as request_max_retries=2. Can be repeated.", HelpName = "key=toml" };
    private readonly Option<bool?> _catalogue = new("--catalog-url")
    {
        Description = "Let Codex read names and context windows from the server: base url + /models in Codex's own form (0.160 and later). =false leaves it away. Default: only for the gateway.",
    };

    private readonly Option<bool> _noDefault = new("--no-default") { Description = "Add the provider only; leave the default model alone." };
    private readonly Option<bool> _viaGateway = new("--via-gateway") { Description = "Point Codex at codex-gateway instead, and print the provider's entry for gateway.json." };
    private readonly Option<string?> _gatewayUrl = new("--gateway-url") { Description = "Where codex-gateway listens, with --via-gateway.", HelpName = "url" };

    public AddProviderFlags() => _webSearch.AcceptOnlyFromAmong("disabled", "cached", "indexed", "live");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_id, _name, _baseUrl, _model, _envKey, _noAuth, _authCommand, _effort, _window, _noWindow, _webSearch, _minimalTools, _set, _catalogue, _noDefault, _viaGateway, _gatewayUrl])
            command.Options.Add(option);
    }

    public bool IsNoDefault(System.CommandLine.Parsing.CommandResult result) => result.GetValue(_noDefault);

    public AddProviderOptions Read(ParseResult parsed) => new()
    {
        Id = parsed.GetValue(_id),
        Name = parsed.GetValue(_name),
        BaseUrl = parsed.GetValue(_baseUrl),
        Model = parsed.GetValue(_model),
        EnvKey = parsed.GetValue(_envKey),
        NoAuth = parsed.GetValue(_noAuth),
        AuthCommand = [.. parsed.GetValue(_authCommand) ?? []],
        Effort = parsed.GetValue(_effort),
        ContextWindow = parsed.GetValue(_window),
        NoContextWindow = parsed.GetValue(_noWindow),
        WebSearch = parsed.GetValue(_webSearch),
        MinimalTools = parsed.GetValue(_minimalTools),
        Set = [.. parsed.GetValue(_set) ?? []],
        HasCodexCatalogue = parsed.GetValue(_catalogue),
        NoDefault = parsed.GetValue(_noDefault),
        ViaGateway = parsed.GetValue(_viaGateway),
        GatewayUrl = parsed.GetValue(_gatewayUrl),
    };
}
