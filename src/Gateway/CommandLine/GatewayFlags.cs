using System.CommandLine;
using Codex.Gateway.Configuration;

namespace Codex.Gateway.CommandLine;

/// <summary>The flags that commands share; one object for all, so that they can stand before or after the command.</summary>
internal sealed class GatewayFlags
{
    private readonly Option<string?> _config = new("--config")
    {
        Description = "Configuration file. Default: ./gateway.json, else $XDG_CONFIG_HOME/codex-gateway/gateway.json.",
        HelpName = "file",
    };

    private readonly Option<string?> _urls = new("--urls")
    {
        Description = $"Address to listen on; several are separated by ';'. Default: {GatewayOptions.DefaultUrl}.",
        HelpName = "urls",
    };

    private readonly Option<string?> _upstream = new("--upstream")
    {
        Description = "Address of one backend, such as http://127.0.0.1:8000/v1; it becomes the default provider, named upstream.",
        HelpName = "url",
    };

    private readonly Option<string?> _dialect = new("--dialect")
    {
        Description = "How --upstream speaks. Without it the backend is recognised by what it answers.",
        HelpName = "name",
    };

    private readonly Option<string?> _apiKeyEnv = new("--api-key-env")
    {
        Description = "Environment variable that holds the key for --upstream. Without it the client's own key goes upstream.",
        HelpName = "variable",
    };

    private readonly Option<bool> _discover = new("--discover")
    {
        Description = "Look for backends of this machine beside --upstream, too.",
    };

    private readonly Option<string?> _logLevel = new("--log-level")
    {
        Description = "verbose, debug, information (default), warning, error or fatal.",
        HelpName = "level",
    };

    private readonly Option<bool> _logJson = new("--log-json")
    {
        Description = "One JSON object a line instead of text.",
    };

    private readonly Option<int?> _exitWith = new("--exit-with")
    {
        Description = "Stop when the process with this number ends; for programs that start a gateway for themselves.",
        HelpName = "process",
    };

    public GatewayFlags() => All = [_config, _urls, _upstream, _dialect, _apiKeyEnv, _discover, _logLevel, _logJson, _exitWith];

    public IReadOnlyList<Option> All { get; }

    /// <summary>For commands that only need to know the file.</summary>
    public void AddConfigTo(Command command) => command.Options.Add(_config);

    /// <summary>Adds the flags and the rule that two of them need a third.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            foreach (var option in (Option<string?>[])[_dialect, _apiKeyEnv])
            {
                if (result.GetValue(option) is not null && result.GetValue(_upstream) is null)
                    result.AddError($"{option.Name} belongs to --upstream; for other providers write it into gateway.json.");
            }
        });
    }

    /// <summary>The process this one must not outlive; null runs until it is told to stop.</summary>
    public int? ExitWith(ParseResult parsed) => parsed.GetValue(_exitWith);

    public ConfigurationSource Source(ParseResult parsed) => new(
        parsed.GetValue(_config),
        ConfigurationSource.VariablesOfProcess(),
        new CommandLineSettings
        {
            Urls = parsed.GetValue(_urls),
            Upstream = parsed.GetValue(_upstream),
            Dialect = parsed.GetValue(_dialect),
            ApiKeyEnv = parsed.GetValue(_apiKeyEnv),
            Discover = parsed.GetValue(_discover),
            LogLevel = parsed.GetValue(_logLevel),
            LogJson = parsed.GetValue(_logJson),
        });
}
