using System.Runtime.InteropServices;

namespace Codex.Toml.Text;

/// <summary>A range of bytes of the text.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;

    public static TextSpan FromBounds(int start, int end) => new(start, end - start);
}
