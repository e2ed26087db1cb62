using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Models;
using Codex.ConfigTool.Output;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>The server did not answer the question for its models.</summary>
internal static class ServerCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        var at = examination.PositionOf(ConfigKeys.BaseUrl);
        if (examination.Call is CallPreparation.Impossible { IsUnset: false } impossible)
            yield return new("E18", impossible.Reason, impossible.Hint, examination.PositionOf(ConfigKeys.Auth) ?? at);
        if (examination is not { Listing: ModelListing.Failed failed, Call: CallPreparation.Ready { Call: var call } })
            yield break;
        var (code, hint) = failed.Status switch
        {
            null => ("E10", $"is the server up, and {ConfigKeys.BaseUrl} right?"),
            401 or 403 => Refused(call),
            404 or 405 => ("W19", $"{ConfigKeys.BaseUrl} may be wrong, often for want of /v1; some servers have no list of models"),
            >= 500 => ("W19", "some servers answer a wrong key this way; otherwise try again later"),
            _ => ("W19", "the names of models could not be checked"),
        };
        yield return new(code, Printable.Line(failed.Reason), hint, at);
    }

    /// <summary>Only what was sent can be wrong.</summary>
    internal static (string Code, string Hint) Refused(ProviderCall call) => call switch
    {
        { Untried: { } untried } => ("W21", $"whether Codex may ask is not known: not sent was {untried}"),
        { Proof: { } proof } => ("E11", $"{proof} is wrong, or for another environment; Codex would speak of high demand"),
        _ => ("E11", $"the server wants a key, and the provider's table names none: add {ConfigKeys.EnvKey} with the name of its variable"),
    };
}
