using System.Collections.Concurrent;
using System.Collections.Immutable;
using Codex.Gateway.Configuration;
using Codex.Gateway.Keys;
using Codex.Gateway.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Codex.Gateway.Tests.Configuration;

public sealed class ConfigurationWatchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("codex-gateway").FullName;

    private readonly ConcurrentQueue<string> _log = new();

    private string FilePath => Path.Combine(_folder, "gateway.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Ways() => ["in place", "atomic rename", "symbolic link"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_change_is_taken_over_however_it_is_written(string way)
    {
        Write("in place", Provider("one"));
        if (way == "symbolic link")
            Write(way, Provider("one"));
        var (host, directory) = await StartAsync();
        using var running = host;
        directory.Current.Find("one").ShouldNotBeNull();

        Write(way, Provider("two"));
        await UntilAsync(() => directory.Current.Find("two") is not null);
        directory.Current.Find("one").ShouldBeNull();
        await host.StopAsync();
    }

    [Fact]
    public async Task A_wrong_change_is_refused_in_one_line_and_the_old_one_stays()
    {
        Write("in place", Provider("one"));
        var (host, directory) = await StartAsync();
        using var running = host;

        Write("in place", """{ "Providers": { "two": { "BaseUr": "http://127.0.0.1:1/v1" } } }""");
        await UntilAsync(() => _log.Any(line => line.Contains("refused", StringComparison.Ordinal)));
        _log.Single().ShouldBe($"Configuration change refused, the one before stays in force: {FilePath}:1: Providers.two.BaseUr is not a known key; did you mean BaseUrl?");
        directory.Current.Find("one").ShouldNotBeNull();

        File.Delete(FilePath);
        await UntilAsync(() => _log.Any(line => line.Contains("there is no such file", StringComparison.Ordinal)));
        directory.Current.Find("one").ShouldNotBeNull();

        Write("in place", Provider("three"));
        await UntilAsync(() => directory.Current.Find("three") is not null);
        await host.StopAsync();
    }

    [Fact]
    public async Task What_takes_effect_only_at_the_next_start_is_said()
    {
        Write("in place", "{}");
        var (host, _) = await StartAsync();
        using var running = host;
        Write("in place", """{ "MaxBodyBytes": 2048 }""");
        await UntilAsync(() => _log.Any(line => line.Contains("next start", StringComparison.Ordinal)));
        await host.StopAsync();
    }

    [Fact]
    public void Models_of_a_backend_that_stays_are_kept_and_those_of_a_moved_one_are_asked_anew()
    {
        var before = Resolve("""{ "Providers": { "stays": { "BaseUrl": "http://127.0.0.1:1/v1" }, "moves": { "BaseUrl": "http://127.0.0.1:2/v1" } } }""")
            .ApplyTo(ProviderSnapshot.Empty);
        before = before with { Providers = [.. before.Providers.Select(v => v with { Models = [new ProviderModel("m")] })] };
        var after = Resolve("""{ "Providers": { "stays": { "BaseUrl": "http://127.0.0.1:1/v1", "Models": ["m"] }, "moves": { "BaseUrl": "http://127.0.0.1:3/v1" } } }""")
            .ApplyTo(before);
        after.Find("stays")!.Models.Length.ShouldBe(1);
        after.Find("stays")!.Provider.AllowedModels.ShouldBe(["m"]);
        after.Find("moves")!.Models.ShouldBeEmpty();
    }

    private static Configured Resolve(string json) =>
        ConfigurationReader.Read(System.Text.Encoding.UTF8.GetBytes(json), "gateway.json", ImmutableDictionary<string, string>.Empty, new CommandLineSettings())
            .ShouldBeOfType<ConfigurationRead.Accepted>().Configured;

    private static string Provider(string name) => $$"""{ "Providers": { "{{name}}": { "BaseUrl": "http://127.0.0.1:1/v1" } } }""";

    private void Write(string way, string json)
    {
        if (way == "in place")
        {
            File.WriteAllText(FilePath, json);
            return;
        }

        // A new name each time, as editors and mounted configuration maps do.
        var other = Path.Combine(_folder, $"other-{Directory.GetFiles(_folder).Length}");
        File.WriteAllText(other, json);
        if (way == "symbolic link")
        {
            var link = other + ".link";
            File.CreateSymbolicLink(link, other);
            other = link;
        }

        File.Move(other, FilePath, overwrite: true);
    }

    /// <summary>A mistake elsewhere, or an address that needs keys, must not keep a key in force.</summary>
    [Fact]
    public async Task A_key_that_is_taken_back_is_refused_even_when_the_change_as_a_whole_is()
    {
        var (alice, bob) = (KeyHash.Of("alice's"), KeyHash.Of("bob's"));
        Write("in place", $$"""{ "Keys": { "alice": { "Hash": "{{alice}}" }, "bob": { "Hash": "{{bob}}" } }, "Urls": ["http://0.0.0.0:0"], "PlainHttp": true }""");
        var (host, _) = await StartAsync();
        using var running = host;
        var keys = host.Services.GetRequiredService<KeyRing>();
        keys.Find("alice's").ShouldNotBeNull();

        Write("in place", $$"""{ "Keys": { "bob": { "Hash": "{{bob}}" } }, "Nonsense": 1 }""");
        await UntilAsync(() => keys.Find("alice's") is null);
        keys.Find("bob's").ShouldNotBeNull();
        Write("in place", """{ "Keys": { }, "Urls": ["http://0.0.0.0:0"], "PlainHttp": true }""");
        await UntilAsync(() => keys.Find("bob's") is null);

        keys.IsOn.ShouldBeTrue();
        _log.ShouldContain(line => line.Contains("taken back are refused all the same: alice", StringComparison.Ordinal));
        await host.StopAsync();
    }

    private async Task<(IHost Host, ProviderDirectory Directory)> StartAsync()
    {
        var source = new ConfigurationSource(FilePath, ImmutableDictionary<string, string>.Empty, new CommandLineSettings());
        var file = await source.ReadFileAsync(path: null, CancellationToken.None);
        var configured = source.Interpret(file).ShouldBeOfType<ConfigurationRead.Accepted>().Configured;
        var directory = new ProviderDirectory();
        directory.Update(configured.ApplyTo);

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(new Recorder(_log));
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(directory).AddConfigurationWatch(source, new CurrentConfiguration(configured, file));
        var host = builder.Build();
        await host.StartAsync();
        return (host, directory);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (!holds())
        {
            (TimeProvider.System.GetUtcNow() < deadline).ShouldBeTrue("it did not happen in time");
            await Task.Delay(50);
        }
    }

    private sealed class Recorder(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                lines.Enqueue(formatter(state, exception));
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
