namespace Codex.Agent.CommandLine;

/// <summary>Reads the prompt from where it is: the argument, standard input, or both.</summary>
internal static class PromptInput
{
    /// <summary>Whoever waits that long for a pipe to be closed has most likely forgotten it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="argument">Null when there is none; "-" asks for standard input.</param>
    /// <param name="takesAddition">What is piped in is added to an argument; else it is left alone, as Codex does when it resumes.</param>
    /// <param name="input">Null when standard input is a terminal.</param>
    /// <returns>The prompt, or null when there is none anywhere.</returns>
    public static async Task<string?> ReadAsync(string? argument, bool takesAddition, TextReader? input, TextWriter error, TimeProvider time, CancellationToken cancellation)
    {
        if (input is null)
            return argument == "-" ? null : argument;
        if (argument is not null and not "-" && !takesAddition)
            return argument;
        var isAddition = argument is not null and not "-";
        // Who writes "-" knows that it reads.
        if (argument != "-")
            await error.WriteLineAsync(isAddition ? "Reading additional input from stdin..." : "Reading prompt from stdin...");
        var read = input.ReadToEndAsync(cancellation);
        if (await Task.WhenAny(read, Task.Delay(Patience, time, cancellation)) != read)
            await error.WriteLineAsync("(still waiting for the end of standard input; give </dev/null or press Ctrl-D if there is none)");
        var piped = await read;
        if (string.IsNullOrWhiteSpace(piped))
            return isAddition ? argument : null;
        return isAddition ? $"{argument}\n\n<stdin>\n{piped}{(piped.EndsWith('\n') ? "" : "\n")}</stdin>" : piped;
    }
}
