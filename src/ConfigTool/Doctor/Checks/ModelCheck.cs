using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Models;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Presets;
using Codex.ConfigTool.Providers;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>A model that the server does not know: the slug is wrong, or the model is cold.</summary>
internal static class ModelCheck
{
    private const int LettersOfTypo = 6;

    public static IEnumerable<Finding> Find(Examination examination)
    {
        if (examination.Model is not { } model)
            yield break;
        var at = examination.PositionOf(examination.Root(ConfigKeys.Model));
        var id = examination.Provider.Id;
        if (examination.Provider is { Id: ProviderEndpoint.CodexDefault, Table: null })
        {
            if (PresetRegistry.All.FirstOrDefault(p => p.WindowOf(model) is not null) is { } owner)
            {
                yield return new("E19", $"'{model}' is a model of {owner.Name}, and Codex asks OpenAI for it: 400 Bad Request, The '{model}' model is not supported when using Codex with a ChatGPT account",
                    examination.Providers.Any(p => p.Id == owner.Id) ? $"codex-config use {owner.Id}" : $"codex-config add-provider {owner.Name}", at);
            }

            yield break;
        }

        if (examination.Provider.BaseUrl is null)
            yield break;
        string[] known = [.. examination.Provider.Preset?.Models.Select(m => m.Name) ?? []];
        var shown = Printable.Line(model);
        if (examination.Listing is ModelListing.Models { Names: var served })
        {
            if (served.Contains(model))
                yield break;
            yield return known.Contains(model)
                ? new("W18", $"'{shown}' exists, but the server does not list it now: it is cold, and Codex may say: Model '{shown}' not found", "a request warms it; wait 30 to 60 seconds and try again", at)
                : new("E12", $"the server has no model '{shown}'; Codex will say: 404 Not Found, or Model '{shown}' not found", Meant(model, [.. served, .. known], id), at);
        }
        else if (known.Length > 0 && !known.Contains(model))
        {
            yield return new("W15", $"'{shown}' is none of the models known for {id}; if the name is wrong, Codex says: 404 Not Found, or Model '{shown}' not found", Meant(model, known, id), at);
        }
    }

    /// <summary>The name without its vendor is a common slip, and so is another case.</summary>
    private static string Meant(string model, string[] names, string id) =>
        (names.FirstOrDefault(n => n.EndsWith($"/{model}", StringComparison.OrdinalIgnoreCase)) ?? NearestWord.Of(model, names, LettersOfTypo)) is { } near
            ? $"probably '{Printable.Line(near)}' is meant"
            : $"codex-config models {id} lists the names";
}
