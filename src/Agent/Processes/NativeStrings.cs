using System.Runtime.InteropServices;

namespace Codex.Agent.Processes;

/// <summary>A C array of strings, ended by null.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly nint* _items;
    private readonly int _count;

    public NativeStrings(IReadOnlyCollection<string> values)
    {
        _count = values.Count;
        _items = (nint*)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(nint));
        var at = 0;
        foreach (var value in values)
            _items[at++] = Marshal.StringToCoTaskMemUTF8(value);
    }

    public nint Pointer => (nint)_items;

    public static NativeStrings Environment(IEnumerable<KeyValuePair<string, string>> variables) =>
        new([.. variables.Select(v => $"{v.Key}={v.Value}")]);

    public void Dispose()
    {
        for (var i = 0; i < _count; i++)
            Marshal.FreeCoTaskMem(_items[i]);
        NativeMemory.Free(_items);
    }
}
