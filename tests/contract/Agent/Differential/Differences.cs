using System.Text;

namespace Codex.Contract.Tests.Agent.Differential;

/// <summary>
/// Finds where two transcripts differ, as blocks of lines headed by their section: those of Codex behind "-", ours
/// behind "+".
/// </summary>
internal static class Differences
{
    public static IReadOnlyList<string> Between(string codex, string ours)
    {
        var (left, right) = (codex.TrimEnd('\n').Split('\n'), ours.TrimEnd('\n').Split('\n'));
        var common = Common(left, right);
        var found = new List<string>();
        var block = new StringBuilder();
        var section = "";
        for (var (i, j) = (0, 0); i < left.Length || j < right.Length;)
        {
            if (i < left.Length && j < right.Length && left[i] == right[j])
            {
                Close();
                section = left[i].StartsWith(Transcript.Heading, StringComparison.Ordinal) ? left[i] : section;
                (i, j) = (i + 1, j + 1);
            }
            else if (i < left.Length && (j == right.Length || common[i + 1, j] >= common[i, j + 1]))
            {
                Add('-', left[i++]);
            }
            else
            {
                Add('+', right[j++]);
            }
        }

        Close();
        return found;

        void Add(char sign, string line)
        {
            if (block.Length == 0)
                block.Append("@@ ").Append(section.AsSpan(Math.Min(section.Length, Transcript.Heading.Length))).Append('\n');
            block.Append(sign).Append(line).Append('\n');
        }

        void Close()
        {
            if (block.Length > 0)
                found.Add(block.ToString());
            block.Clear();
        }
    }

    /// <summary>Length of the longest common part from every pair of lines on.</summary>
    private static int[,] Common(string[] left, string[] right)
    {
        var length = new int[left.Length + 1, right.Length + 1];
        for (var i = left.Length - 1; i >= 0; i--)
        {
            for (var j = right.Length - 1; j >= 0; j--)
                length[i, j] = left[i] == right[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
        }

        return length;
    }
}
