using System.Collections;
using System.Collections.Immutable;

namespace Codex.Gateway.Configuration;

/// <summary>Where this process reads its configuration from: a file, its environment and its flags.</summary>
/// <param name="NamedFile">The file of <c>--config</c>; null to search.</param>
/// <param name="Variables">The environment at start; it does not change while the process runs.</param>
public sealed record ConfigurationSource(string? NamedFile, ImmutableDictionary<string, string> Variables, CommandLineSettings Flags)
{
    public static ImmutableDictionary<string, string> VariablesOfProcess() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToImmutableDictionary(v => (string)v.Key, v => (string?)v.Value ?? "", StringComparer.Ordinal);

    public ConfigurationRead Interpret(ConfigurationFileRead file) => file switch
    {
        ConfigurationFileRead.Content content => ConfigurationReader.Read(content.Bytes.AsSpan(), content.Path, Variables, Flags),
        ConfigurationFileRead.None => ConfigurationReader.Read([], path: null, Variables, Flags),
        ConfigurationFileRead.Unreadable unreadable => new ConfigurationRead.Refused([new(Place: null, KeyPath.Root, unreadable.Reason)]),
        _ => throw new NotSupportedException(file.ToString()),
    };

    /// <summary>The hashes of gateway keys that are written, whatever else is wrong; null when the file cannot be read at all.</summary>
    public IReadOnlySet<string>? KeyHashes(ConfigurationFileRead file)
    {
        if (file is not ConfigurationFileRead.Content content
            || JsonSettings.Read(content.Bytes.AsSpan(), content.Path) is not JsonSettingsRead.Good { Root: var root })
        {
            return null;
        }

        var written = SettingOverlay.Merge(root, EnvironmentSettings.Read(Variables, [nameof(GatewayOptions.Keys)]));
        return written.Find(nameof(GatewayOptions.Keys))?.Value is SettingNode.Section keys
            ? keys.Settings
                .Select(k => (k.Value as SettingNode.Section)?.Find(nameof(KeyOptions.Hash))?.Value)
                .OfType<SettingNode.Scalar>()
                .Select(h => h.Text)
                .ToHashSet(StringComparer.Ordinal)
            : ImmutableHashSet<string>.Empty;
    }

    /// <param name="path">The file in force; null to search for one.</param>
    public async Task<ConfigurationFileRead> ReadFileAsync(string? path, CancellationToken cancellation)
    {
        path ??= ConfigurationFile.Find(NamedFile, Variables);
        if (path is null)
            return new ConfigurationFileRead.None();
        try
        {
            return new ConfigurationFileRead.Content(path, [.. await File.ReadAllBytesAsync(path, cancellation)]);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ConfigurationFileRead.Unreadable($"{path}: there is no such file; check --config");
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            return new ConfigurationFileRead.Unreadable($"{path}: is a directory; name the file in it");
        }
        catch (UnauthorizedAccessException)
        {
            return new ConfigurationFileRead.Unreadable($"{path}: may not be read; change its permissions or owner");
        }
        catch (IOException e)
        {
            return new ConfigurationFileRead.Unreadable($"{path}: cannot be read: {e.Message}");
        }
    }
}

public abstract record ConfigurationFileRead
{
    private ConfigurationFileRead()
    {
    }

    public sealed record Content(string Path, ImmutableArray<byte> Bytes) : ConfigurationFileRead
    {
        public bool Equals(Content? other) => other is not null && Path == other.Path && Bytes.AsSpan().SequenceEqual(other.Bytes.AsSpan());

        public override int GetHashCode() => HashCode.Combine(Path, Bytes.Length);
    }

    /// <summary>No file was named and none was found.</summary>
    public sealed record None : ConfigurationFileRead;

    /// <param name="Reason">A sentence that begins with the path and ends with the next step.</param>
    public sealed record Unreadable(string Reason) : ConfigurationFileRead;
}
