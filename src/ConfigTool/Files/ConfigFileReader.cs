using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Files;

/// <summary>Reads a configuration file once, with all that is needed to write it later.</summary>
internal static class ConfigFileReader
{
    public static FileReading Read(FileSystem files, string path)
    {
        try
        {
            var (real, refusal) = LinkChain.Resolve(files, path);
            if (real is null)
                return new FileReading.Refused(refusal!);
            var facts = files.Describe(real);
            if (facts is null)
                return new FileReading.Done(new(path, real, null, null));
            if (facts.Kind != FileKind.Regular)
                return new FileReading.Refused(new(ExitCodes.CannotWrite, $"{real} is no regular file"));
            ReadOnlyMemory<byte> bytes = files.ReadAll(real);
            if (!bytes.IsEmpty && !bytes.Span.ContainsAnyExcept((byte)0))
            {
                return new FileReading.Refused(new(ExitCodes.InvalidConfiguration,
                    $"{path} consists of {bytes.Length} NUL bytes, as after a power cut", "codex-config backup list shows what can be restored"));
            }

            return new FileReading.Done(new(path, real, facts, bytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FileReading.Refused(new(ExitCodes.CannotWrite, $"cannot read {path}: {e.Message}"));
        }
    }
}
