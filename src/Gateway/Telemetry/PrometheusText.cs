using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Codex.Gateway.Telemetry;

/// <summary>
/// Writes metrics in Prometheus's text format 0.0.4, with names made of OpenTelemetry's as its specification for
/// Prometheus says: dots become underscores, units are suffixes, counters end in <c>_total</c>.
/// </summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(ImmutableArray<MetricFamily> families)
    {
        var text = new StringBuilder(16 * 1024);
        foreach (var family in families)
        {
            var name = NameOf(family);
            text.Append("# HELP ").Append(name).Append(' ').Append(Escape(family.Instrument.Description ?? "", quotes: false)).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(TypeOf(family.Kind)).Append('\n');
            foreach (var (labels, series) in family.Read().Select(s => (Labels(s.Tags), s.Series)).OrderBy(s => s.Item1, StringComparer.Ordinal))
                WriteSeries(text, family, name, labels, series);
        }

        return text.ToString();
    }

    internal static string NameOf(MetricFamily family)
    {
        var unit = family.Instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            // Units in braces only say what is counted.
            _ => "",
        };
        return Clean(family.Instrument.Name) + unit + (family.Kind is MetricKind.Counter or MetricKind.Total ? "_total" : "");
    }

    internal static string Escape(string text, bool quotes)
    {
        text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }

    private static void WriteSeries(StringBuilder text, MetricFamily family, string name, string labels, MetricSeries series)
    {
        if (family.Kind != MetricKind.Histogram)
        {
            Line(text, name, labels, series.Value);
            return;
        }

        var below = 0L;
        var start = labels.Length == 0 ? "" : labels + ",";
        for (var i = 0; i < family.Bounds.Length; i++)
        {
            below += series.Buckets[i];
            Line(text, name + "_bucket", $"{start}le=\"{Number(family.Bounds[i])}\"", below);
        }

        Line(text, name + "_bucket", start + "le=\"+Inf\"", series.Count);
        Line(text, name + "_sum", labels, series.Value);
        Line(text, name + "_count", labels, series.Count);
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Labels(KeyValuePair<string, object?>[] tags) => string.Join(',', tags
        .OrderBy(t => t.Key, StringComparer.Ordinal)
        .Select(t => $"{Clean(t.Key)}=\"{Escape(Convert.ToString(t.Value, CultureInfo.InvariantCulture) ?? "", quotes: true)}\""));

    private static string Clean(string name) => name.Replace('.', '_');

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter or MetricKind.Total => "counter",
        MetricKind.Current => "gauge",
        MetricKind.Histogram => "histogram",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}
