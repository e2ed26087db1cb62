using System.Globalization;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Models;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>What the server said to a real request, when one was asked for.</summary>
internal static class ProbeCheck
{
    private const string Gateway = "a server that speaks chat only needs codex-config add-provider NAME --via-gateway";

    public static IEnumerable<Finding> Find(Examination examination)
    {
        if (examination is not { Probe: { } probe, Call: CallPreparation.Ready { Call: var call } })
            yield break;
        var (url, at) = (call.Shown(ResponsesProbe.Path), examination.PositionOf(ConfigKeys.BaseUrl));
        switch (probe)
        {
            case ProbeOutcome.Works:
                yield return new("I04", $"{url} answers as Codex wants it");
                break;
            case ProbeOutcome.Foreign foreign:
                yield return new("E13", string.Create(CultureInfo.InvariantCulture, $"{url} answers {foreign.Status} with something that is no response"), Gateway, at);
                break;
            case ProbeOutcome.Failed failed:
                yield return new("E10", failed.Reason, "a cold model may take longer: try again in a minute", at);
                break;
            case ProbeOutcome.Refused refused when OfStatus(examination, refused, call) is var (code, hint):
                yield return new(code, string.Create(CultureInfo.InvariantCulture, $"{url} answers {refused.Status}{(refused.Words.Length > 0 ? $": {refused.Words}" : "")}"), hint, at);
                break;
        }
    }

    private static (string Code, string Hint) OfStatus(Examination examination, ProbeOutcome.Refused refused, ProviderCall call) => refused.Status switch
    {
        401 or 403 => ServerCheck.Refused(call),
        404 or 400 when IsAboutModel(examination, refused) => examination.Listing is ModelListing.Models { Names: var names } && names.Contains(examination.Model!)
            ? ("W18", "the model is listed, so it is cold: wait 30 to 60 seconds and try again")
            : ("E12", $"the model's name is wrong: codex-config models {examination.Provider.Id} lists the names"),
        404 or 405 or 501 => ("E13", Gateway),
        429 => ("W19", "too many requests, or no credit left"),
        >= 500 => ("W19", "some servers answer a wrong key this way; otherwise try again later"),
        _ => ("W19", "the server does not take a plain request"),
    };

    private static bool IsAboutModel(Examination examination, ProbeOutcome.Refused refused) =>
        refused.Words.Contains(examination.Model!, StringComparison.OrdinalIgnoreCase)
        || (refused.Words.Contains("model", StringComparison.OrdinalIgnoreCase) && refused.Words.Contains("not found", StringComparison.OrdinalIgnoreCase));
}
