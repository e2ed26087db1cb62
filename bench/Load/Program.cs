using Codex.Bench.Load;

switch (args)
{
    case ["upstream", var chunks, var pace]:
        await UpstreamServer.RunAsync(LoadOptions.Number(chunks), TimeSpan.FromMilliseconds(LoadOptions.Number(pace)));
        return 0;
    case ["yarp", var address]:
        await PassThroughServer.RunAsync(address);
        return 0;
    default:
        if (LoadOptions.Read(args, out var problem) is { } options)
            return await LoadRun.RunAsync(options);
        await Console.Error.WriteLineAsync($"Bench.Load: {problem}");
        return 2;
}
