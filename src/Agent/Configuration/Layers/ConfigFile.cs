using Codex.Toml;
using Codex.Toml.Semantics;

namespace Codex.Agent.Configuration.Layers;

/// <summary>Reads one TOML file into settings.</summary>
internal static class ConfigFile
{
    /// <summary>Null when there is no such file, or when it cannot be read, which is told.</summary>
    public static SettingNode.Table? Read(string path, SettingsFindings findings)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            findings.Fault(Directory.Exists(path) ? $"{path} is a directory, not a file" : $"{path} cannot be read; check its permissions");
            return null;
        }

        var document = TomlDocument.Parse(bytes);
        if (document.Diagnostics is [var fault, ..])
        {
            findings.Fault($"{path}:{fault}{(fault.Hint is { } hint ? $"; {hint}" : "")}");
            return null;
        }

        return Table(document.Root, document, path, Path.GetDirectoryName(path)!);
    }

    /// <param name="source">How messages name the text.</param>
    internal static SettingNode.Table Table(TableNode table, TomlDocument document, string source, string directory)
    {
        var items = SettingNode.Table.NoItems.ToBuilder();
        foreach (var (key, node) in table.Children)
        {
            items[key] = node is TableNode inner
                ? Table(inner, document, source, directory)
                : new SettingNode.Leaf(node.ToValue(), OriginOf(node, document, source, directory));
        }

        return new(items.ToImmutable(), OriginOf(table, document, source, directory));
    }

    private static SettingOrigin OriginOf(TomlNode node, TomlDocument document, string source, string directory) =>
        new(source, node.Sites is [var site, ..] ? document.Lines.PositionAt(site.Statement.Key.Span.Start).Line : 1, directory);
}
