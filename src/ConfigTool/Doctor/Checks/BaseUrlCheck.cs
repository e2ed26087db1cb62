using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Providers;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>Addresses that cannot work, or probably are not meant.</summary>
internal static class BaseUrlCheck
{
    private const int LettersOfTypo = 3;
    private static readonly string[] Endpoints = ["/responses", "/chat/completions", "/models"];

    public static IEnumerable<Finding> Find(Examination examination)
    {
        foreach (var (id, table) in examination.Providers)
        {
            if (!table.Children.TryGetValue(ConfigKeys.BaseUrl, out var node))
                continue;
            var at = examination.PositionOf(node);
            var (url, where) = (ProviderEndpoint.TextAt(node) ?? "", $"{ConfigKeys.Providers}.{id}.{ConfigKeys.BaseUrl}");
            if (BaseUrl.Fault(url) is { } fault)
                yield return new("E09", $"{where}: {fault}", null, at);
            else if (Endpoints.FirstOrDefault(e => url.TrimEnd('/').EndsWith(e, StringComparison.Ordinal)) is { } endpoint)
                yield return new("E09", $"{where} ends in {endpoint}, and Codex adds /responses to it", $"take {endpoint} away", at);
            else if (BaseUrl.LacksVersion(url))
                yield return new("W08", $"{where}: {BaseUrl.VersionDoubt(url)}", "most servers want /v1 at the end; without it they answer 404 Not Found", at);
            if (BaseUrl.Fault(url) is null && BaseUrl.IsOpen(url))
                yield return new("W09", $"{where}: {BaseUrl.OpenDoubt(url)}", "use https", at);
            if (ProviderEndpoint.Find(examination.Document, id).Preset?.BaseUrl is { } known && known != $"{url.TrimEnd('/')}/v1" && NearestWord.Of(url.TrimEnd('/'), [known], LettersOfTypo) is not null)
                yield return new("W14", $"{where} is {url}, nearly but not quite {known}", "a letter may be wrong", at);
        }
    }
}
