using System.Text;

namespace Codex.Contract.Tests.Agent.Differential;

/// <summary>
/// <c>differences.md</c>: each difference that stays as a block marked <c>diff</c>, with its reason in words above it.
/// </summary>
internal sealed class DifferenceFile
{
    private const string Fence = "```diff\n";
    private const string End = "```\n";

    private readonly List<(string Reason, string Block)> _entries = [];

    private DifferenceFile(string text)
    {
        while (text.IndexOf(Fence, StringComparison.Ordinal) is >= 0 and var begin)
        {
            var from = begin + Fence.Length;
            var to = text.IndexOf("\n" + End, from, StringComparison.Ordinal) + 1;
            _entries.Add((text[..begin].Trim(), text[from..to]));
            text = text[(to + End.Length)..];
        }
    }

    public IReadOnlyList<string> Blocks => [.. _entries.Select(entry => entry.Block)];

    /// <summary>Blocks that nobody gave a reason for.</summary>
    public IReadOnlyList<string> Unexplained => [.. _entries.Where(entry => entry.Reason.Length == 0).Select(entry => entry.Block)];

    /// <param name="path">A file that need not exist: then there is no difference.</param>
    public static DifferenceFile Read(string path) => new(File.Exists(path) ? File.ReadAllText(path) : "");

    /// <summary>Takes over these blocks, with the reasons that blocks of the same kind had.</summary>
    public void Write(string path, IReadOnlyList<string> blocks)
    {
        if (blocks.Count == 0)
        {
            File.Delete(path);
            return;
        }

        var text = new StringBuilder();
        foreach (var block in blocks)
        {
            var reason = _entries.FirstOrDefault(entry => entry.Block == block).Reason ?? "";
            text.Append(reason).Append(reason.Length > 0 ? "\n\n" : "").Append(Fence).Append(block).Append(End).Append('\n');
        }

        File.WriteAllText(path, text.ToString().TrimEnd('\n') + "\n");
    }
}
