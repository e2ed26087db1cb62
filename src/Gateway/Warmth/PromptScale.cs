using System.Collections.Concurrent;

namespace Codex.Gateway.Warmth;

/// <summary>
/// How many tokens of a model one estimated token is, learnt from the usage of its answers: tokenizers differ by half,
/// and an estimate of four characters a token by more for code and for other scripts.
/// </summary>
public sealed class PromptScale
{
    /// <summary>Below it a count leaves out what was cached; above it the estimate has overlooked something, such as a large picture.</summary>
    private const double Least = 0.4;

    private const double Most = 4;

    /// <summary>Prompts shorter than this are mostly template.</summary>
    private const int ShortestPrompt = 200;

    private readonly ConcurrentDictionary<ModelKey, double> _scales = new();

    /// <summary>Null until the model has answered.</summary>
    public double? Of(ModelKey key) => _scales.TryGetValue(key, out var scale) ? scale : null;

    /// <param name="estimated">Tokens by the estimate.</param>
    /// <param name="counted">Tokens by the backend.</param>
    public void Learn(ModelKey key, int estimated, long counted)
    {
        var scale = (double)counted / estimated;
        if (estimated < ShortestPrompt || scale is < Least or > Most)
            return;
        // Downwards slowly: part of a count that is too low may be what was cached.
        _scales.AddOrUpdate(key, scale, (_, before) => before + ((scale - before) * (scale > before ? 0.5 : 0.1)));
    }
}
