using System.CommandLine;
using System.Text;
using Codex.Agent.Edits;
using Microsoft.Win32.SafeHandles;

namespace Codex.Agent.CommandLine;

/// <summary><c>codex-agent apply-patch</c>: the strict patch command, for scripts; texts and exit codes are the original's.</summary>
internal static class ApplyPatchCommand
{
    public const string ArgumentName = "PATCH";

    private const string Usage = "Usage: apply_patch 'PATCH'\n       echo 'PATCH' | apply_patch\n";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="input">Null for the process's own.</param>
    public static Command Create(Stream? input)
    {
        var patch = new Argument<string[]>(ArgumentName)
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "The whole patch, from *** Begin Patch to *** End Patch. Read from stdin when it is not given.",
        };
        var command = new Command("apply-patch", "Apply a patch to files below the current directory, exactly as written.") { patch };
        command.SetAction(async (parsed, cancellation) =>
        {
            var result = await RunAsync(parsed.GetRequiredValue(patch), input, cancellation);
            await parsed.InvocationConfiguration.Output.WriteAsync(result.Output.AsMemory(), cancellation);
            await parsed.InvocationConfiguration.Error.WriteAsync(result.Error.AsMemory(), cancellation);
            return result.ExitCode;
        });
        return command;
    }

    private static async Task<StrictResult> RunAsync(string[] arguments, Stream? input, CancellationToken cancellation)
    {
        if (arguments.Length > 1)
            return new StrictResult(2, "", "Error: apply_patch accepts exactly one argument.\n");
        if (arguments is [var given])
        {
            // The runtime reads arguments as UTF-8 and puts U+FFFD where they are not.
            return given.Contains('\ufffd') && !await IsUtf8Async("/proc/self/cmdline", cancellation)
                ? StrictResult.Failed("Error: apply_patch requires a UTF-8 PATCH argument.")
                : StrictPatch.Run(given, Environment.CurrentDirectory);
        }

        using var bytes = new MemoryStream();
        await using (var stdin = input ?? new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0))
            await stdin.CopyToAsync(bytes, cancellation);
        if (bytes.Length == 0)
            return new StrictResult(2, "", Usage);
        try
        {
            return StrictPatch.Run(Utf8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length), Environment.CurrentDirectory);
        }
        catch (DecoderFallbackException)
        {
            return StrictResult.Failed("Error: Failed to read PATCH from stdin.\nstream did not contain valid UTF-8");
        }
    }

    private static async Task<bool> IsUtf8Async(string path, CancellationToken cancellation) =>
        !File.Exists(path) || System.Text.Unicode.Utf8.IsValid(await File.ReadAllBytesAsync(path, cancellation));
}
