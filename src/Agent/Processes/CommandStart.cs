using Codex.Agent.Sandbox;

namespace Codex.Agent.Processes;

/// <summary>Starts commands inside their policy, for those who run them once and those who keep them.</summary>
internal static class CommandStart
{
    /// <param name="onEnd">Called once the child ended and its sandbox was cleared away.</param>
    /// <returns>The child, or the outcome that says why there is none.</returns>
    public static async Task<(ChildProcess? Child, CommandOutcome? Fault)> StartAsync(
        CommandRequest request, SpawnStreams streams, SandboxChoice choice, Action<ReadOnlySpan<byte>> onOutput, Action onEnd)
    {
        if (SandboxPlatform.Architecture is null)
            return (null, new CommandOutcome.Refused(SandboxPlatform.Unsupported));
        if (!Directory.Exists(request.Directory))
            return (null, new CommandOutcome.NotStarted($"The directory {request.Directory} does not exist."));
        if (ExecutableSearch.Find(request.Words[0], request.Environment.GetValueOrDefault("PATH"), request.Directory) is not { } file)
            return (null, new CommandOutcome.NotStarted($"{request.Words[0]}: command not found."));

        var call = new SpawnCall(file, request.Words, request.Environment, request.Directory) { Streams = streams };
        var launch = SandboxLaunch.Free(call);
        if (request.Sandbox.Mode != SandboxMode.FullAccess)
        {
            var backend = await SandboxSelfTest.FindAsync(choice);
            var (confined, fault) = SandboxLaunch.Prepare(call, request.Sandbox, backend);
            if (confined is null)
                return (null, new CommandOutcome.Refused(fault!));
            launch = confined;
        }

        var (child, notStarted) = await ChildProcess.StartAsync(launch.Call, launch.IsConfined, onOutput);
        if (child is null)
        {
            launch.Dispose();
            return (null, new CommandOutcome.NotStarted(notStarted!));
        }

        _ = ClearAwayAsync(child, launch, onEnd);
        return (child, null);
    }

    private static async Task ClearAwayAsync(ChildProcess child, SandboxLaunch launch, Action onEnd)
    {
        await child.Ended;
        launch.Dispose();
        onEnd();
    }
}
