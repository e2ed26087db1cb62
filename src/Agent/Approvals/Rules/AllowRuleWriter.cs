using System.Collections.Immutable;
using System.Text;

namespace Codex.Agent.Approvals.Rules;

/// <summary>Writes "always allow" down: one line at the end of a file of rules, in one step, under a lock shared by all our processes.</summary>
/// <param name="file">Such as <c>$CODEX_HOME/rules/default.rules</c>; made when it is not there.</param>
public sealed class AllowRuleWriter(string file, TimeProvider time)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>Null when the rule stands in the file, else why it does not; then the file is as it was.</returns>
    public async Task<string?> AppendAsync(ImmutableArray<string> prefix, CancellationToken cancellation)
    {
        if (!AllowedPrefix.IsFit(prefix))
            return $"'{Shell.ShellWords.Join(prefix)}' would allow too much; write the rule yourself if you mean it";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            // A link is followed, so that the file it names is replaced and not the link.
            var target = new FileInfo(file) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : Path.GetFullPath(file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await using var held = await LockAsync(target + ".lock", cancellation);
            return held is null ? $"{file} is locked by another program" : Append(target, Line(prefix));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot write {file}: {e.Message}";
        }
    }

    internal static string Line(IEnumerable<string> prefix) => $"prefix_rule(pattern=[{string.Join(", ", prefix.Select(Quote))}], decision=\"allow\")";

    private static string? Append(string target, string line)
    {
        var before = File.Exists(target) ? File.ReadAllText(target) : "";
        if (RuleFile.Read(target, before).Fault is { } fault)
            return $"{fault}; put that right first";
        if (before.Split('\n').Any(l => l.TrimEnd('\r') == line))
            return null;
        var after = new StringBuilder(before);
        if (before.Length > 0 && !before.EndsWith('\n'))
            after.Append('\n');
        after.Append(line).Append('\n');
        // One name for the temporary file is enough: whoever holds the lock is alone.
        var temporary = target + ".tmp";
        File.Delete(temporary);
        var mode = File.Exists(target) && !OperatingSystem.IsWindows() ? File.GetUnixFileMode(target) : Private;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(Encoding.UTF8.GetBytes(after.ToString()));
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, target, overwrite: true);
        return null;
    }

    private async Task<FileStream?> LockAsync(string name, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(name) && time.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellation);
            }
            catch (IOException) when (File.Exists(name))
            {
                return null;
            }
        }
    }

    private static string Quote(string word) =>
        $"\"{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
