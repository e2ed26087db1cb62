using System.Globalization;
using System.Text;

namespace Codex.Agent.Tools.Commands;

/// <summary>The texts of exec_command and write_stdin, word for word Codex's: models were trained on them.</summary>
internal sealed class ExecText(Random random)
{
    private readonly Lock _gate = new();

    /// <param name="exitCode">Null while the command runs.</param>
    /// <param name="sessionId">Of a command that runs.</param>
    /// <param name="limit">Tokens.</param>
    public string Result(TimeSpan wait, int? exitCode, int sessionId, string output, int limit, string? savedAt)
    {
        var state = exitCode is { } code ? $"Process exited with code {code}" : $"Process running with session ID {sessionId}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Chunk ID: {ChunkId()}\nWall time: {wait.TotalSeconds:0.0000} seconds\n{state}\nOriginal token count: {OutputCut.Tokens(output)}\nOutput:\n{OutputCut.Shorten(output, limit, savedAt)}");
    }

    /// <summary>A command that the user's interrupt ended.</summary>
    public static string Aborted(TimeSpan elapsed) => string.Create(CultureInfo.InvariantCulture, $"Wall time: {elapsed.TotalSeconds:0.#} seconds\naborted by user");

    /// <summary>A command that was not let run, or could not be started.</summary>
    public static string Rejected(string reason) => $"exec_command failed: CreateProcess {{ message: {Debug($"Rejected({Debug(reason)})")} }}";

    private string ChunkId()
    {
        lock (_gate)
            return random.Next(0x1000000).ToString("x6", CultureInfo.InvariantCulture);
    }

    /// <summary>As Rust prints a string for people who debug.</summary>
    private static string Debug(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\0' => "\\0",
                _ when char.IsControl(character) => string.Create(CultureInfo.InvariantCulture, $"\\u{{{(int)character:x}}}"),
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
