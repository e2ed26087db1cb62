namespace Codex.Agent.Edits;

/// <summary>The lines that give a patch its structure, exactly as the strict grammar spells them.</summary>
internal static class PatchMarker
{
    public const string Begin = "*** Begin Patch";
    public const string End = "*** End Patch";
    public const string EndOfFile = "*** End of File";
    public const string Environment = "*** Environment ID:";
    public const string Add = "*** Add File: ";
    public const string Delete = "*** Delete File: ";
    public const string Update = "*** Update File: ";
    public const string Move = "*** Move to: ";
}
