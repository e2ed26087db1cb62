using System.Collections.Immutable;
using Codex.Contract.Tests.Providers.Cases;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Codex.Contract.Tests.Providers;

/// <summary>The provider of the environment, asked one case after the other; its scorecard is written at the end.</summary>
public sealed class RealProvider(IMessageSink console) : IAsyncLifetime
{
    /// <summary>For one case; a model may have to be loaded first.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly List<CaseResult> _results = [];

    private ProviderUnderTest? _provider;

    public static string File { get; } = Path.Combine(RepositoryRoot.Path, "TestResults", "provider-scorecard.md");

    public bool IsNamed => _provider is not null;

    public async Task InitializeAsync() =>
        _provider = await ProviderUnderTest.StartAsync(ProviderVariables.Read(Environment.GetEnvironmentVariable));

    internal async Task<CaseResult> AskAsync(ProviderCase question)
    {
        var result = await new CaseRunner(_provider!, Limit).RunAsync(question);
        _results.Add(result);
        return result;
    }

    public async Task DisposeAsync()
    {
        if (_provider is null)
            return;
        var facts = _provider.Facts;
        await _provider.DisposeAsync();
        var inOrder = _results.OrderBy(r => ProviderCases.All.IndexOf(r.Case)).ToImmutableArray();
        var page = new Scorecard($"{facts.Model}, dialect {facts.Dialect}", inOrder).ToMarkdown();
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, page);
        console.OnMessage(new DiagnosticMessage($"{page}\nWritten to {File}"));
    }
}
