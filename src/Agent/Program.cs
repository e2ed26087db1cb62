using Codex.Agent.CommandLine;

// The most frequent question of scripts needs nothing else of the program.
if (args is ["--version" or "-V"])
{
    await AgentCommandLine.WriteVersionAsync();
    return 0;
}

return await AgentCommandLine.RunAsync(args, ExecSurroundings.OfProcess());
