namespace Codex.Agent.Interactive.Screen;

/// <summary>Weight and colour of text, where the terminal shall have them.</summary>
/// <param name="IsPlain">Nothing but text: <c>NO_COLOR</c>, or a terminal that understands no sequences.</param>
public sealed record Style(bool IsPlain)
{
    public string Dim(string text) => Wrap("2", text);

    public string Bold(string text) => Wrap("1", text);

    public string Good(string text) => Wrap("32", text);

    public string Bad(string text) => Wrap("31", text);

    public string Warning(string text) => Wrap("33", text);

    public string Accent(string text) => Wrap("36", text);

    private string Wrap(string code, string text) => IsPlain || text.Length == 0 ? text : $"\e[{code}m{text}\e[0m";
}
