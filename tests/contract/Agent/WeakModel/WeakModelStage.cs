using Codex.Contract.Tests.Providers;
using Codex.Contract.Tests.StockClients;
using Codex.Gateway.Hosting;
using Codex.Gateway.Providers;
using Codex.ScriptedUpstream;
using Codex.Translation.Dialects;

namespace Codex.Contract.Tests.Agent.WeakModel;

/// <summary>Plays one case with one agent: the weak model, the whole gateway before it, a copy of the project.</summary>
internal static class WeakModelStage
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Built beside this project, in the same configuration.</summary>
    private static readonly string OurProgram = Path.Combine(
        RepositoryRoot.Path, "src", "Agent", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "codex-agent");

    /// <param name="stock">The program of the real Codex; null runs ours.</param>
    public static async Task<(Ending Ending, string Report)> PlayAsync(WeakCase played, string? stock)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        var model = new ScriptedWeakModel(played);
        upstream.Answer = model.Answer;
        var provider = new Provider("scripted", ProviderOrigin.Configured, DialectRegistry.Find(played.Dialect)!, [new Uri(upstream.BaseUrl)]);
        var view = new ProviderView(provider, [new ProviderModel(played.Model) { ContextWindow = played.Window }], DateTimeOffset.UnixEpoch, Problem: null);
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings(), view);
        using var home = new CodexHome();
        Copy(played.Before, home.Work);

        var run = new CodexRun
        {
            Release = CodexRelease.V0169,
            BaseUrl = new Uri(gateway.Client.BaseAddress!, "v1").AbsoluteUri,
            Model = played.Model,
            Prompt = played.Prompt,
            // Both learn of the model from the gateway; Codex asks for the list only when it has a key.
            Key = "none",
            FetchCatalog = stock is not null,
            Overrides = stock is null ? played.Settings : [],
        };
        var outcome = await ClientProcess.RunAsync(stock ?? OurProgram, run.CommandLine(), home.Work, home.Environment(run.Key), Limit);
        var requests = upstream.ChatRequests;
        var ending = Ending.Of(played, home, outcome, model.WasEndless, requests.Count);
        return (ending, $"{ending}: {ending.Words}\n--- requests of {string.Join(", ", requests.Select(r => r.Body.Length / 4))} tokens, exit code {outcome.ExitCode}\n--- stdout\n{outcome.Stdout}\n--- stderr\n{outcome.Stderr}\n--- files\n{string.Join('\n', home.Files().Select(f => $"{f.Key}: {f.Value}"))}\n--- last request\n{requests.LastOrDefault()?.BodyText}");
    }

    private static void Copy(string from, string to)
    {
        if (!Directory.Exists(from))
            return;
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
    }
}
