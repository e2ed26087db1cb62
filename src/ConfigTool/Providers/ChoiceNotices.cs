using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Presets;

namespace Codex.ConfigTool.Providers;

/// <summary>What the user should know about a choice before using it.</summary>
internal static class ChoiceNotices
{
    /// <summary>Code of the notice that holds as long as Codex's version is not known.</summary>
    public const string MinimalToolsVersion = "minimal-tools-version";

    public static IEnumerable<Notice> Of(Preset preset, AddProviderOptions options, string url, string? model)
    {
        if (preset.Responses is ResponsesSupport.Uncertain uncertain && options.BaseUrl is null)
            yield return new("responses-uncertain", $"{preset.Name}: {uncertain.Reason}; if requests fail, add it again with --via-gateway");
        foreach (var doubt in BaseUrl.Doubts(url))
            yield return new("base-url", doubt);
        if (preset.NeedsMinimalTools && !options.MinimalTools)
            yield return new("minimal-tools", $"{preset.Name} refuses tools that are no plain functions; if requests fail, add --minimal-tools");
        if (options.MinimalTools)
            yield return new(MinimalToolsVersion, "[agents] enabled = false stops Codex 0.131 and older from starting; leave --minimal-tools away for those");
        if (model is null && preset.IsModelOptional && !options.NoDefault)
            yield return new("no-model", "no model was named, so the one in the file stays, or Codex takes the first of the server's list; name one with --model");
        if (model is not null && preset.WindowOf(model) is null && options is { ContextWindow: null, NoContextWindow: false, NoDefault: false } && !(options.HasCodexCatalogue ?? preset.HasCodexCatalogue))
            yield return new("context-window", $"the context window of {model} is not known here, and Codex takes 272000; give it with --context-window");
    }

    public static IEnumerable<Notice> OfGateway(string url)
    {
        foreach (var doubt in BaseUrl.Doubts(url))
            yield return new("base-url", doubt);
    }
}
