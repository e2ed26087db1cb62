using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Codex.Contract.Tests.Providers;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Codex.Contract.Tests.Agent.WeakModel;

/// <summary>The endings of all cases with one agent, told when they are through.</summary>
public abstract class WeakModelScores(string agent, IMessageSink console) : IDisposable
{
    private readonly ConcurrentDictionary<string, Ending> _endings = new(StringComparer.Ordinal);

    internal void Note(WeakCase played, Ending ending) => _endings[played.Name] = ending;

    public void Dispose()
    {
        if (_endings.IsEmpty)
            return;
        var line = Line();
        var page = new StringBuilder().Append("# Weak models: ").Append(line).Append("\n\n| case | ended | requests | words |\n|---|---|---|---|\n");
        foreach (var (name, ending) in _endings.OrderBy(e => e.Key, StringComparer.Ordinal))
            page.Append(CultureInfo.InvariantCulture, $"| {name} | {ending} | {ending.Requests} | {ending.Words.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        var file = Path.Combine(RepositoryRoot.Path, "TestResults", $"weak-model-{agent}.md");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, page.ToString());
        console.OnMessage(new DiagnosticMessage($"Weak models: {line}. Written to {file}"));
        GC.SuppressFinalize(this);
    }

    private string Line()
    {
        var counts = _endings.Values.GroupBy(e => e.Kind).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.First()}");
        return $"{agent} passes {_endings.Values.Count(e => e.IsPass)} of {_endings.Count} ({string.Join(", ", counts)})";
    }
}

public sealed class OurScores(IMessageSink console) : WeakModelScores("codex-agent", console);

public sealed class StockScores(IMessageSink console) : WeakModelScores("codex-0.169.0", console);
