using System.Runtime.InteropServices;

namespace Codex.Toml.Text;

/// <summary>A place as editors and Codex count it: both from 1, the column in Unicode scalars, a byte order mark being one of them.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LinePosition(int Line, int Column)
{
    public override string ToString() => $"{Line}:{Column}";
}
