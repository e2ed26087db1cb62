using System.Globalization;
using Codex.Gateway.Dialects;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Warmth;

/// <summary>
/// Refuses a prompt that cannot fit, in the one way after which Codex offers to compact, before a backend fails on it
/// or cuts the tools out of it (symptom 50).
/// </summary>
public sealed class ContextGuard(ProviderDirectory directory, PromptScale scale)
{
    /// <summary>
    /// Taken of an estimate before anything is known of the model's tokenizer: text of long words and indented code has
    /// fewer tokens than a quarter of its characters, and what fits must not be refused. Where too much is cut silently,
    /// the other mistake is the worse one.
    /// </summary>
    private const double UnknownScale = 0.7;

    private const double UnknownScaleWhenCut = 0.85;

    /// <summary>One conversation is not quite like the next.</summary>
    private const double Tolerance = 0.95;

    /// <summary>For windows that hold whether or not the model is loaded; null when the prompt fits or nothing sure is known.</summary>
    public Failure? Check(Exchange exchange)
    {
        if (Subject.Of(exchange) is not { } subject)
            return null;
        if (exchange.Target.Settings?.ContextWindow is { } configured)
            return Check(subject, configured, isConfigured: true);
        return BackendOf(exchange.Provider).Residency is null && Known(subject) is { ContextWindow: { } window, WindowIsAssumed: false }
            ? Check(subject, window, isConfigured: false)
            : null;
    }

    /// <summary>For backends that choose the window when they load the model; called when it is loaded.</summary>
    /// <param name="loadedWindow">As the backend has just told; null asks what it listed.</param>
    public Failure? CheckLoaded(Exchange exchange, int? loadedWindow)
    {
        if (Subject.Of(exchange) is not { } subject || exchange.Target.Settings?.ContextWindow is not null)
            return null;
        var backend = BackendOf(exchange.Provider);
        if (backend.Residency is null)
            return null;
        var known = Known(subject);
        // An assumed window counts only where it is worse to be wrong than to refuse.
        return (loadedWindow ?? (known is { WindowIsAssumed: true } && !backend.CutsSilently ? null : known?.ContextWindow)) is { } window
            ? Check(subject, window, isConfigured: false)
            : null;
    }

    /// <summary>Takes the usage of an answer as a measure of the estimate.</summary>
    /// <param name="promptTokens">As the backend counted them.</param>
    public void Learn(Exchange exchange, long promptTokens)
    {
        // The estimate itself stands in for usage that the backend does not send.
        if (Subject.Of(exchange) is not { } subject || subject.Estimated == promptTokens)
            return;
        // Of a prompt that may have been cut only the rest was counted.
        if (BackendOf(exchange.Provider).CutsSilently && !(Known(subject)?.ContextWindow is { } window && subject.Estimated <= window / 2))
            return;
        scale.Learn(subject.Key, subject.Estimated, promptTokens);
    }

    private Failure? Check(Subject subject, int window, bool isConfigured)
    {
        var backend = BackendOf(subject.Provider);
        var known = scale.Of(subject.Key);
        var least = subject.Estimated * (known is { } learnt ? learnt * Tolerance : backend.CutsSilently ? UnknownScaleWhenCut : UnknownScale);
        if (least <= window)
            return null;
        var size = (int)Math.Min(int.MaxValue, subject.Estimated * (known ?? 1));
        var next = isConfigured ? "That window stands under Models in gateway.json; correct it there if the model takes more, or shorten the conversation."
            : backend.WidenWindow is { } widen ? $"To widen it, {widen(NextPower(size))}; or shorten the conversation."
            : "Shorten the conversation, or set ContextWindow under Models in gateway.json if the model takes more.";
        return new Failure(FailureKind.ContextTooLong, StatusCodes.Status400BadRequest, string.Create(
            CultureInfo.InvariantCulture,
            $"The conversation has about {size:N0} tokens, and the context window of the model '{subject.Model}' of provider '{subject.Provider.Name}' has {window:N0}. {next}"));
    }

    /// <summary>As it is listed now, which may be later than when the request came.</summary>
    private ProviderModel? Known(Subject subject) =>
        directory.Current.Find(subject.Provider.Name)?.Models.FirstOrDefault(m => m.Id == subject.UpstreamModel);

    private static Backend BackendOf(Provider provider) => BackendRegistry.For(provider.Dialect.Name);

    /// <summary>With room for an answer.</summary>
    private static int NextPower(int tokens)
    {
        var size = 8192;
        while (size < tokens * 1.25 && size < 1 << 24)
            size *= 2;
        return size;
    }

    private readonly record struct Subject(Provider Provider, string Model, string UpstreamModel, int Estimated)
    {
        public ModelKey Key => new(Provider.Name, UpstreamModel);

        /// <summary>Null for a request whose body passes through unread.</summary>
        public static Subject? Of(Exchange exchange) => exchange.Plan is { } plan
            ? new Subject(exchange.Provider, exchange.Model, exchange.UpstreamModel, plan.Call.EstimatedPromptTokens)
            : null;
    }
}
