using System.Text;
using Codex.Toml.Diagnostics;
using Codex.Toml.Semantics;
using Codex.Toml.Values;

namespace Codex.Toml.Editing;

/// <summary>Gives a key another name in every statement that writes it.</summary>
internal static class Renaming
{
    public static EditStep Plan(LineMap map, TomlPath path, string name)
    {
        if (map.Document.Find(path) is not { } node)
            return EditStep.Refuse(map.Document, DiagnosticCode.NoSuchPath, null, $"there is no \"{path}\"");
        if (path.IsRoot || !path.Last.IsKey)
            return EditStep.Refuse(map.Document, DiagnosticCode.EditNotPossible, node, $"\"{path}\" has no key to rename");
        if (path.Last.Key == name)
            return EditStep.Nothing;
        if (map.Document.Find(path.Parent) is TableNode parent && parent.TryGet(name, out var taken))
            return EditStep.Refuse(map.Document, DiagnosticCode.DuplicateKey, taken, $"\"{path.Parent.Append(name)}\" is there already");

        var text = Encoding.UTF8.GetBytes(KeyWriter.Write(name, map.Document.Options.Version));
        return EditStep.Of(node.Sites
            .Select(s => s.Statement.Key.Segments[s.Segment].Span)
            .Select(span => new Splice(span.Start, span.Length, text, $"rename {path} to {name}")));
    }
}
