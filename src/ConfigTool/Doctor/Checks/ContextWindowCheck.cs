using System.Globalization;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Providers;
using Codex.Toml;
using Codex.Toml.Editing;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>Codex must know how much the model can take, or it compacts too late and the server refuses the request.</summary>
internal static class ContextWindowCheck
{
    /// <summary>What Codex takes for a model it does not know, in tokens.</summary>
    private const long CodexDefault = 272000;

    public static IEnumerable<Finding> Find(Examination examination)
    {
        if (examination is { IsDefault: true, Provider: { Id: ProviderEndpoint.CodexDefault, Table: null } } && examination.Root(ConfigKeys.ContextWindow) is { } left)
        {
            yield return new("W27", $"{ConfigKeys.ContextWindow} = {ValueWriter.Write(left.ToValue())}, although Codex knows the windows of its own models; it may be left from another provider",
                "remove the line, unless it is meant", examination.PositionOf(left));
        }

        if (examination.Model is not { } model || examination.Provider.Preset?.WindowOf(model) is not { } window)
            yield break;
        var node = examination.Root(ConfigKeys.ContextWindow);
        var hint = string.Create(CultureInfo.InvariantCulture, $"{ConfigKeys.ContextWindow} = {window}, above the first [table]");
        var repair = new TomlEdit.SetValue(TomlPath.Of(ConfigKeys.ContextWindow), new TomlValue.Integer(window)) { After = ConfigKeys.RootOrder };
        if (node is null && window < CodexDefault)
        {
            yield return new("W05", string.Create(CultureInfo.InvariantCulture, $"{model} takes {window} tokens, but Codex assumes {CodexDefault}; long sessions end with: Maximum context length is {window} tokens"),
                hint, examination.PositionOf(examination.Root(ConfigKeys.Model)))
            {
                Repairs = [repair],
            };
        }
        else if (node?.ToValue() is TomlValue.Integer { Value: var said } && said > window)
        {
            yield return new("W05", string.Create(CultureInfo.InvariantCulture, $"{ConfigKeys.ContextWindow} = {said}, but {model} takes {window} tokens; long sessions end with: Maximum context length is {window} tokens"),
                hint, examination.PositionOf(node))
            {
                Repairs = [repair],
            };
        }
    }
}
