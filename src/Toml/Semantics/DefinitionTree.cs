using Codex.Toml.Diagnostics;
using Codex.Toml.Syntax;

namespace Codex.Toml.Semantics;

/// <summary>Puts statements into the tree of tables by TOML's rules of who may define and extend what.</summary>
internal sealed class DefinitionTree(DiagnosticList diagnostics, int maxDepth)
{
    public TableNode Root { get; } = new(DefinitionKind.Root, 0);

    /// <summary>Finds or makes the table of a header. Null, and a fault told, when the header may not stand there.</summary>
    public SectionSyntax? AddHeader(HeaderSyntax header)
    {
        var segments = header.Key.Segments;
        if (!WithinDepth(header.Key, segments.Count + (header.IsArray ? 1 : 0)))
            return null;
        var table = Root;
        var path = new List<PathStep>(segments.Count + 1);
        for (var i = 0; i < segments.Count - 1; i++)
        {
            path.Add(new(segments[i].Text, 0));
            if (Passed(table, header, i) is not { } next)
                return null;
            if (next is ArrayNode array)
            {
                path.Add(new(null, array.Items.Count - 1));
                next = array.Items[^1];
                next.AddSite(new(header, i));
            }

            table = (TableNode)next;
        }

        path.Add(new(segments[^1].Text, 0));
        return header.IsArray ? AddElement(table, header, path) : AddTable(table, header, path);
    }

    /// <summary>Adds a pair to the table of its section, or of the braces around it. False, and a fault told, when it may not stand there.</summary>
    public bool AddPair(TableNode table, PairSyntax pair)
    {
        var segments = pair.Key.Segments;
        for (var i = 0; i < segments.Count - 1; i++)
        {
            if (!table.TryGet(segments[i].Text, out var next))
            {
                table.Add(segments[i].Text, next = new TableNode(DefinitionKind.Dotted, table.Depth + 1));
            }
            else if (next is not TableNode { Kind: DefinitionKind.Dotted or DefinitionKind.ImplicitHeader } known)
            {
                return Refuse(next, pair, i);
            }
            else
            {
                // A table of dotted keys is always one of this section or of these braces: what could reach it from elsewhere is a duplicate header.
                known.BecomeDotted();
            }

            next.AddSite(new(pair, i));
            table = (TableNode)next;
        }

        var last = segments.Count - 1;
        if (table.TryGet(segments[last].Text, out var taken))
            return Duplicate(DiagnosticCode.DuplicateKey, "key", taken, pair, last);
        table.Add(segments[last].Text, pair.Value);
        pair.Value.AddSite(new(pair, last));
        return true;
    }

    /// <summary>Tells a fault when a key goes deeper than allowed.</summary>
    public bool WithinDepth(KeySyntax key, int depth) =>
        depth <= maxDepth || diagnostics.Add(DiagnosticCode.TooDeep, key.Span, $"nested deeper than {maxDepth} levels");

    /// <summary>The table or array of tables a header passes through, made when it is missing.</summary>
    private TomlNode? Passed(TableNode table, HeaderSyntax header, int segment)
    {
        var name = header.Key.Segments[segment].Text;
        if (!table.TryGet(name, out var next))
            table.Add(name, next = new TableNode(DefinitionKind.ImplicitHeader, table.Depth + 1));
        if (next.Kind is DefinitionKind.Inline or DefinitionKind.Array or DefinitionKind.Scalar)
        {
            Refuse(next, header, segment);
            return null;
        }

        next.AddSite(new(header, segment));
        return next;
    }

    private SectionSyntax? AddTable(TableNode parent, HeaderSyntax header, List<PathStep> path)
    {
        var last = header.Key.Segments.Count - 1;
        var name = header.Key.Segments[last].Text;
        if (!parent.TryGet(name, out var node))
        {
            parent.Add(name, node = new TableNode(DefinitionKind.Header, parent.Depth + 1));
        }
        else if (node is TableNode { Kind: DefinitionKind.ImplicitHeader } implied)
        {
            implied.BecomeHeader();
        }
        else
        {
            Duplicate(node is TableNode ? DiagnosticCode.DuplicateTable : DiagnosticCode.DuplicateKey, node is TableNode ? "table" : "key", node, header, last);
            return null;
        }

        return Open((TableNode)node, header, path);
    }

    private SectionSyntax? AddElement(TableNode parent, HeaderSyntax header, List<PathStep> path)
    {
        var last = header.Key.Segments.Count - 1;
        var name = header.Key.Segments[last].Text;
        if (!parent.TryGet(name, out var node))
            parent.Add(name, node = new ArrayNode(DefinitionKind.ArrayOfTables, default));
        if (node is not ArrayNode { Kind: DefinitionKind.ArrayOfTables } array)
        {
            Duplicate(node is TableNode ? DiagnosticCode.DuplicateTable : DiagnosticCode.DuplicateKey, node is TableNode ? "table" : "key", node, header, last);
            return null;
        }

        array.AddSite(new(header, last));
        var element = new TableNode(DefinitionKind.Header, parent.Depth + 2);
        array.Add(element);
        path.Add(new(null, array.Items.Count - 1));
        return Open(element, header, path);
    }

    private static SectionSyntax Open(TableNode table, HeaderSyntax header, List<PathStep> path)
    {
        table.AddSite(new(header, header.Key.Segments.Count - 1));
        return table.Section = new(header, table, TomlPath.Of(path));
    }

    private bool Duplicate(DiagnosticCode code, string what, TomlNode first, StatementSyntax again, int segment) =>
        diagnostics.Add(code, again.Key.Segments[segment].Span, $"duplicate {what} {Quoted(again.Key, segment)}{FirstAt(first)}",
            code == DiagnosticCode.DuplicateTable ? "put its keys below the first header" : "keep one of the two");

    private bool Refuse(TomlNode node, StatementSyntax statement, int segment) =>
        diagnostics.Add(DiagnosticCode.NotATable, statement.Key.Segments[segment].Span, node.Kind switch
        {
            DefinitionKind.Inline => $"{Quoted(statement.Key, segment)} is an inline table and cannot be extended{FirstAt(node)}",
            DefinitionKind.Array => $"{Quoted(statement.Key, segment)} is an array, not a table{FirstAt(node)}",
            DefinitionKind.Scalar => $"{Quoted(statement.Key, segment)} is a value, not a table{FirstAt(node)}",
            _ => $"{Quoted(statement.Key, segment)} is defined elsewhere and cannot be extended by a dotted key{FirstAt(node)}",
        });

    private string FirstAt(TomlNode node) =>
        node.FirstSite.Statement is { } statement ? $" (first at {diagnostics.PositionAt(statement.Key.Span.Start)})" : "";

    private static string Quoted(KeySyntax key, int segment) =>
        $"\"{string.Join('.', key.Segments.Take(segment + 1).Select(s => Values.KeyWriter.Shown(s.Text)))}\"";
}
