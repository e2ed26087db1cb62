using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Models;
using Codex.ConfigTool.Output;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>The server did not answer the question for its models.</summary>
internal static class ServerCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        if (examination.Listing is not ModelListing.Failed failed)
            yield break;
        var (code, hint) = failed.Status switch
        {
            null => ("E10", $"is the server up, and {ConfigKeys.BaseUrl} right?"),
            401 or 403 => ("E11", "the key is wrong, or for another environment; Codex would speak of high demand"),
            404 or 405 => ("W19", $"{ConfigKeys.BaseUrl} may be wrong, often for want of /v1; some servers have no list of models"),
            >= 500 => ("W19", "some servers answer a wrong key this way; otherwise try again later"),
            _ => ("W19", "the names of models could not be checked"),
        };
        yield return new(code, Printable.Line(failed.Reason), hint, examination.PositionOf(ConfigKeys.BaseUrl));
    }
}
