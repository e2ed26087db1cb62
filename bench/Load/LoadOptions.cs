using System.Globalization;

namespace Codex.Bench.Load;

/// <param name="Streams">Streams open at the same time.</param>
/// <param name="Chunks">Text chunks of each answer.</param>
/// <param name="PaceMs">Milliseconds between two chunks of one stream.</param>
/// <param name="Rounds">Rounds for each proxy, in turns.</param>
/// <param name="Requests">Requests that each stream makes in a round, one after the other.</param>
/// <param name="Idle">Open streams for the memory figure.</param>
/// <param name="Hold">When not 0, nothing is measured but so many streams held open at once.</param>
/// <param name="Gateways">Among which the held streams are divided.</param>
/// <param name="BodyKiB">Length of the conversation that each idle or held stream asks with.</param>
internal sealed record LoadOptions(
    int Streams = 64, int Chunks = 200, int PaceMs = 5, int Rounds = 5, int Requests = 3, int Idle = 500, int Hold = 0, int Gateways = 1, int BodyKiB = 0)
{
    public const string Usage = "--streams 64 --chunks 200 --pace 5 --rounds 5 --requests 3 --idle 500, or --hold 9000 --gateways 1; --body-kib 0";

    public static LoadOptions? Read(string[] args, out string? problem)
    {
        var options = new LoadOptions();
        problem = null;
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                problem = $"{args[i]} needs a number. Usage: {Usage}";
                return null;
            }

            options = (args[i], value) switch
            {
                ("--streams", > 0) => options with { Streams = value },
                ("--chunks", > 0) => options with { Chunks = value },
                ("--pace", > 0) => options with { PaceMs = value },
                ("--rounds", > 0) => options with { Rounds = value },
                ("--requests", > 0) => options with { Requests = value },
                ("--idle", > 0) => options with { Idle = value },
                ("--hold", > 0) => options with { Hold = value },
                ("--gateways", > 0) => options with { Gateways = value },
                ("--body-kib", >= 0) => options with { BodyKiB = value },
                _ => null!,
            };
            if (options is null)
            {
                problem = $"'{args[i]} {args[i + 1]}' is no option. Usage: {Usage}";
                return null;
            }
        }

        return options;
    }

    public static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
