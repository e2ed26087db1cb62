using Codex.Bench.Agent;

if (BenchOptions.Read(args, out var problem) is { } options)
    return await AgentRun.RunAsync(options);
await Console.Error.WriteLineAsync($"Bench.Agent: {problem}");
return 2;
