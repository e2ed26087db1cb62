using System.CommandLine;
using System.Text;
using Codex.Gateway.Models;

namespace Codex.Gateway.CommandLine;

/// <summary>Writes Codex's catalogue of models, for versions that take it from a file (<c>model_catalog_json</c>).</summary>
internal static class CatalogCommand
{
    private const string StandardOutput = "-";

    public static Command Create(GatewayFlags flags)
    {
        var target = new Option<string>("--out")
        {
            Description = "File to write; - for standard output.",
            HelpName = "file",
            Required = true,
        };
        var command = new Command("catalog", "Write Codex's catalogue of models, for model_catalog_json.") { target };
        flags.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            if (await StartConfiguration.AskProvidersAsync(flags.Source(parsed), error, cancellation) is not { } snapshot)
                return ExitCodes.Refused;
            var json = CatalogueWriter.Write(snapshot).Json;
            var path = parsed.GetValue(target)!;
            if (path == StandardOutput)
            {
                await output.WriteLineAsync(Encoding.UTF8.GetString(json.Span));
                return ExitCodes.Done;
            }

            if (await WriteAsync(path, json, cancellation) is { } reason)
            {
                await error.WriteLineAsync($"codex-gateway: --out {path}: {reason}");
                return ExitCodes.Refused;
            }

            await output.WriteLineAsync($"Written to {path}. For Codex: model_catalog_json = \"{Path.GetFullPath(path)}\"");
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Puts the whole file in place at once, since a Codex may read it at any moment.</summary>
    /// <returns>The reason why it cannot be written, or null.</returns>
    private static async Task<string?> WriteAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
            return "is a directory; name a file in it";
        var unfinished = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            await File.WriteAllBytesAsync(unfinished, json, cancellation);
            File.Move(unfinished, path, overwrite: true);
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return "its directory does not exist; create it first";
        }
        catch (UnauthorizedAccessException)
        {
            return "may not be written; choose another place";
        }
        catch (IOException e)
        {
            File.Delete(unfinished);
            return $"cannot be written: {e.Message}";
        }
    }
}
