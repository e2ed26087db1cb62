using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Agent.Differential;

/// <summary>
/// Names for what differs from run to run, both ways: scripts say <c>{work}</c> for the working directory, and in what
/// was seen paths, ids and durations get names in the order in which they appear. Digits of durations become 0, so that
/// their form is still compared; a single decimal counts for none, since both leave away ".0".
/// </summary>
internal sealed partial class SteadyNames
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly (string Name, string Value)[] _places;

    public SteadyNames(CodexHome home, ScriptedResponses model)
    {
        var root = Path.GetDirectoryName(home.Work)!;
        _places =
        [
            ("{work}", home.Work), ("{codex}", home.State), ("{home}", Path.Combine(root, "home")), ("{tmp}", Path.Combine(root, "tmp")),
            ("{outside}", root), ("{server}", model.BaseUrl), ("{server root}", model.BaseUrl[..^"/v1".Length]), ("{fixtures}", DifferentialCase.Root), ("{npm}", NpmFolder.Root),
        ];
    }

    /// <summary>The thread that the first run began; <c>{thread}</c> in scripts.</summary>
    public string Thread { private get; set; } = "";

    public string Fill(string text) =>
        _places.Aggregate(text, (t, place) => t.Replace(place.Name, place.Value, StringComparison.Ordinal)).Replace("{thread}", Thread, StringComparison.Ordinal);

    public string Steady(string text)
    {
        text = _places.Aggregate(text, (t, place) => t.Replace(place.Value, place.Name, StringComparison.Ordinal));
        text = Id().Replace(text, match => Named("id", match.Value));
        text = Session().Replace(text, match => match.Groups[1].Value + Named("session", match.Groups[2].Value));
        text = Version().Replace(text, "{version}");
        text = Chunk().Replace(text, "Chunk ID: {chunk}");
        text = Image().Replace(text, match => $"{match.Groups[1].Value}{{{Hash(match.Groups[2].Value)}}}");
        return Duration().Replace(text, match => Zero(match.Value));
    }

    private string Named(string kind, string value)
    {
        if (!_ids.TryGetValue(kind + value, out var name))
            _ids[kind + value] = name = string.Create(CultureInfo.InvariantCulture, $"{{{kind} {_ids.Keys.Count(k => k.StartsWith(kind, StringComparison.Ordinal)) + 1}}}");
        return name;
    }

    private static string Zero(string number) =>
        number.Split('.') is [_, { Length: > 1 } decimals] ? "0." + new string('0', decimals.Length) : "0";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"(session ID |process id |session_id\\?"": ?)([0-9]{3,})")]
    private static partial Regex Session();

    [GeneratedRegex(@"(?<=^(OpenAI Codex|codex-agent) v)[0-9.]+$|(?<=codex_exec/)[0-9.]+|(?<=CODEX_VERSION=)[0-9.]+", RegexOptions.Multiline)]
    private static partial Regex Version();

    [GeneratedRegex("Chunk ID: [0-9a-f]{6}")]
    private static partial Regex Chunk();

    [GeneratedRegex("(data:[a-z]+/[a-z]+;base64,)([A-Za-z0-9+/=]+)")]
    private static partial Regex Image();

    [GeneratedRegex(@"(?<=Wall time: |\b(succeeded|exited -?[0-9]+|aborted by user) (in|after) )[0-9.]+")]
    private static partial Regex Duration();
}
