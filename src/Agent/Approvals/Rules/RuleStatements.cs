using System.Collections.Immutable;

namespace Codex.Agent.Approvals.Rules;

/// <summary>
/// Reads the part of Starlark that rules are written in: calls, names given to values, strings, lists, <c>+</c>. Loops, functions
/// and loading of other files are refused by name, not skipped: a rule that is not understood must not be lost.
/// </summary>
internal sealed class RuleStatements
{
    private readonly IReadOnlyList<RuleToken> _tokens;
    private readonly Dictionary<string, RuleValue> _names = new(StringComparer.Ordinal);
    private int _at;

    private RuleStatements(string text) => _tokens = RuleTokens.Read(text);

    private RuleToken Here => _tokens[_at];

    public static IReadOnlyList<RuleStatement> Read(string text)
    {
        var reader = new RuleStatements(text);
        var statements = new List<RuleStatement>();
        while (reader.Here.Kind != RuleTokenKind.End)
        {
            if (reader.Here.Kind == RuleTokenKind.LineEnd)
                reader._at++;
            else if (reader.ReadStatement() is { } statement)
                statements.Add(statement);
        }

        return statements;
    }

    private RuleStatement? ReadStatement()
    {
        var name = Here;
        if (name.Kind != RuleTokenKind.Name)
            throw Unexpected("a call such as prefix_rule(...)");
        if (name.Text is "for" or "def" or "load" or "if" or "while" or "return" or "lambda")
            throw new RuleSyntaxException(name.Line, $"'{name.Text}' is not supported here; write the rules out one by one");
        _at++;
        if (Here is { Kind: RuleTokenKind.Sign, Text: "=" })
        {
            _at++;
            _names[name.Text] = ReadValue();
            EndStatement();
            return null;
        }

        var arguments = ReadArguments();
        EndStatement();
        return new RuleStatement(name.Text, arguments, name.Line);
    }

    private ImmutableArray<(string Name, RuleValue Value)> ReadArguments()
    {
        Expect("(");
        var arguments = ImmutableArray.CreateBuilder<(string, RuleValue)>();
        while (!Is(")"))
        {
            var name = "";
            if (Here.Kind == RuleTokenKind.Name && _tokens[_at + 1] is { Kind: RuleTokenKind.Sign, Text: "=" })
            {
                name = Here.Text;
                _at += 2;
            }

            arguments.Add((name, ReadValue()));
            if (!Is(")"))
                Expect(",");
        }

        _at++;
        return arguments.ToImmutable();
    }

    private RuleValue ReadValue()
    {
        var value = ReadTerm();
        while (Is("+"))
        {
            var line = Here.Line;
            _at++;
            value = (value, ReadTerm()) switch
            {
                (RuleValue.Text one, RuleValue.Text other) => new RuleValue.Text(one.Value + other.Value),
                (RuleValue.List one, RuleValue.List other) => new RuleValue.List(one.Items.AddRange(other.Items)),
                _ => throw new RuleSyntaxException(line, "'+' joins two strings or two lists"),
            };
        }

        return value;
    }

    private RuleValue ReadTerm()
    {
        var token = Here;
        _at++;
        switch (token.Kind)
        {
            case RuleTokenKind.Text:
                return new RuleValue.Text(token.Text);
            case RuleTokenKind.Number:
                return new RuleValue.Other(token.Text);
            case RuleTokenKind.Name when token.Text is "True" or "False" or "None":
                return new RuleValue.Other(token.Text);
            case RuleTokenKind.Name when _names.TryGetValue(token.Text, out var value):
                return value;
            case RuleTokenKind.Name:
                throw new RuleSyntaxException(token.Line, $"'{token.Text}' is not defined");
            case RuleTokenKind.Sign when token.Text == "[":
                return ReadList();
            default:
                _at--;
                throw Unexpected("a string or a list");
        }
    }

    private RuleValue.List ReadList()
    {
        var items = ImmutableArray.CreateBuilder<RuleValue>();
        while (!Is("]"))
        {
            items.Add(ReadValue());
            if (!Is("]"))
                Expect(",");
        }

        _at++;
        return new RuleValue.List(items.ToImmutable());
    }

    private void EndStatement()
    {
        if (Here.Kind != RuleTokenKind.LineEnd)
            throw Unexpected("the end of the line");
        _at++;
    }

    private bool Is(string sign) => Here.Kind == RuleTokenKind.Sign && Here.Text == sign;

    private void Expect(string sign)
    {
        if (!Is(sign))
            throw Unexpected($"'{sign}'");
        _at++;
    }

    private RuleSyntaxException Unexpected(string wanted) => new(Here.Line, $"expected {wanted}, found '{Here.Text}'");
}
