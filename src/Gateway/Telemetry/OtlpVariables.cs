namespace Codex.Gateway.Telemetry;

/// <summary>What OpenTelemetry's standard variables ask for. Everything else about them is the SDK's to read.</summary>
/// <param name="Configuration">The environment; the SDK reads the same.</param>
internal sealed record OtlpVariables(IConfiguration Configuration)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public bool WantsTraces => Wants("OTEL_TRACES_EXPORTER", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");

    public bool WantsMetrics => Wants("OTEL_METRICS_EXPORTER", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");

    /// <summary>The SDK would pass over such a value without a word and send to its default address.</summary>
    public string? Problem =>
        ((string[])[Endpoint, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"])
            .Where(name => Value(name) is { } text && !IsAddress(text))
            .Select(name => $"{name} is no http or https address.")
            .FirstOrDefault();

    public static OtlpVariables OfProcess() => new(new ConfigurationBuilder().AddEnvironmentVariables().Build());

    /// <summary>Sent when the variables name an exporter, or a place to send to.</summary>
    private bool Wants(string exporter, string endpoint)
    {
        if (string.Equals(Value("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase) || Problem is not null)
            return false;
        return Value(exporter) is { } named
            ? named.Split(',', StringSplitOptions.TrimEntries).Contains("otlp", StringComparer.OrdinalIgnoreCase)
            : (Value(endpoint) ?? Value(Endpoint)) is not null;
    }

    private string? Value(string name) => Configuration[name]?.Trim() is { Length: > 0 } value ? value : null;

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
