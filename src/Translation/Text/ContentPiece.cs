namespace Codex.Translation.Text;

/// <summary>A piece of what a model wrote into its content, by what it is.</summary>
internal abstract record ContentPiece
{
    private ContentPiece()
    {
    }

    public sealed record Text(string Value) : ContentPiece;

    public sealed record Reasoning(string Value) : ContentPiece;

    public sealed record Call(string Name, string Arguments) : ContentPiece;
}
