using System.Collections.Immutable;
using Codex.Agent.Approvals.Shell;

namespace Codex.Agent.Approvals.Rules;

/// <summary>The arguments of one statement, by name and type.</summary>
internal sealed class RuleArguments
{
    private readonly Dictionary<string, RuleValue> _values = new(StringComparer.Ordinal);
    private readonly RuleStatement _statement;

    /// <param name="parameters">In their order, for arguments given by place.</param>
    public RuleArguments(RuleStatement statement, params ReadOnlySpan<string> parameters)
    {
        _statement = statement;
        var place = 0;
        foreach (var (name, value) in statement.Arguments)
        {
            var meant = name.Length > 0 ? name : place < parameters.Length ? parameters[place++] : "";
            if (!parameters.Contains(meant))
                throw Fault(meant.Length == 0 ? "has too many arguments" : $"has no argument '{meant}'; it takes {string.Join(", ", parameters.ToArray())}");
            if (!_values.TryAdd(meant, value))
                throw Fault($"is given '{meant}' twice");
        }
    }

    public RuleSyntaxException Fault(string what) => new(_statement.Line, $"{_statement.Function} {what}");

    public string Text(string name) => OptionalText(name) ?? throw Fault($"needs '{name}'");

    public string? OptionalText(string name) => _values.GetValueOrDefault(name) switch
    {
        null => null,
        RuleValue.Text text => text.Value,
        _ => throw Fault($"needs a string for '{name}'"),
    };

    public string? Justification()
    {
        var text = OptionalText("justification");
        return text is null || !string.IsNullOrWhiteSpace(text) ? text : throw Fault("has an empty 'justification'");
    }

    public ImmutableArray<RuleValue> List(string name) => _values.GetValueOrDefault(name) switch
    {
        RuleValue.List list => list.Items,
        null => throw Fault($"needs '{name}'"),
        _ => throw Fault($"needs a list for '{name}'"),
    };

    public ImmutableArray<string> Texts(string name) =>
        [.. List(name).Select(item => item is RuleValue.Text text ? text.Value : throw Fault($"needs a list of strings for '{name}'"))];

    /// <summary>Words, and for some of them a choice of words.</summary>
    public ImmutableArray<ImmutableArray<string>> Pattern(string name)
    {
        var pattern = List(name).Select(ImmutableArray<string> (item) => item switch
        {
            RuleValue.Text text => [text.Value],
            RuleValue.List { Items.IsEmpty: true } => throw Fault($"has an empty choice in '{name}'"),
            RuleValue.List choice => [.. choice.Items.Select(c => c is RuleValue.Text text ? text.Value : throw Fault($"needs strings in the choices of '{name}'"))],
            _ => throw Fault($"needs strings or lists of strings in '{name}'"),
        }).ToImmutableArray();
        return pattern.IsEmpty ? throw Fault($"has an empty '{name}'") : pattern;
    }

    /// <summary>Commands, as lines or as lists of words; none when the argument is missing.</summary>
    public ImmutableArray<ImmutableArray<string>> Examples(string name) => !_values.ContainsKey(name)
        ? []
        : [.. List(name).Select(ImmutableArray<string> (item) => item switch
        {
            RuleValue.Text text => ShellWords.Split(text.Value) ?? throw Fault($"has an example in '{name}' with a quote that is not closed"),
            RuleValue.List list => [.. list.Items.Select(i => i is RuleValue.Text text ? text.Value : throw Fault($"needs strings in the examples of '{name}'"))],
            _ => throw Fault($"needs strings or lists of strings in '{name}'"),
        })];
}
