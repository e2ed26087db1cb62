namespace Codex.Contract.Tests.StockClients;

/// <summary>
/// Installs the pinned npm packages once (about 880 MB on disk, 340 MB to download) and says where they are. When the
/// machine has no node, or npm cannot reach its registry, the tests are skipped with that reason.
/// </summary>
public sealed class NodePackages : IAsyncLifetime
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(10);
    private string? _missing;

    /// <summary>The file that marks a complete installation; it holds the hash of the pins.</summary>
    private static string Stamp => Path.Combine(NpmFolder.NodeModules, ".stock-clients");

    public async Task InitializeAsync()
    {
        foreach (var program in new[] { "node", "npm" })
        {
            if (ClientProcess.Find(program) is null)
            {
                _missing = $"there is no {program} on PATH";
                return;
            }
        }

        if (IsComplete())
            return;
        await using var alone = await InstallLock.TakeAsync(Path.Combine(NpmFolder.Root, ".install.lock"), InstallLimit);
        // Another test process may have installed while this one waited.
        if (!IsComplete())
            await InstallAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Skips the calling test when the packages cannot be had on this machine.</summary>
    public void Require() => Skip.IfNot(_missing is null, $"skipped, because {_missing}");

    /// <summary>The native binary of a release; skips the calling test when there is none for this machine.</summary>
    public string Codex(CodexRelease release)
    {
        Require();
        var binary = release.FindBinary(NpmFolder.NodeModules);
        Skip.If(binary is null, $"skipped, because npm offers no codex {release.Version} for this operating system and processor");
        return binary!;
    }

    private static bool IsComplete() => File.Exists(Stamp) && File.ReadAllText(Stamp) == NpmFolder.PinHash() && HasEveryRelease();

    private static bool HasEveryRelease() => CodexRelease.All.All(release => release.FindBinary(NpmFolder.NodeModules) is not null);

    private async Task InstallAsync()
    {
        string[] arguments =
        [
            "ci", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", "--no-update-notifier",
            "--fetch-retries=1", "--fetch-retry-mintimeout=1000",
        ];
        var npm = await ClientProcess.RunAsync("npm", arguments, NpmFolder.Root, environment: null, InstallLimit);
        if (npm.TimedOut)
        {
            _missing = $"npm ci did not finish within {InstallLimit.TotalMinutes} minutes";
            return;
        }

        if (npm.ExitCode != 0)
        {
            _missing = NpmFailure.RegistryOutOfReach(npm.Stderr);
            if (_missing is null)
                throw new InvalidOperationException($"npm ci failed with exit code {npm.ExitCode}:\n{npm.Stderr}");
            return;
        }

        // npm leaves out an optional package that it could not download and still ends with 0; the stamp is only
        // for a whole set, so that a later run tries again.
        if (HasEveryRelease())
            await File.WriteAllTextAsync(Stamp, NpmFolder.PinHash());
    }
}
