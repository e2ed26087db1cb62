using Codex.Agent.CommandLine;

return await AgentCommandLine.RunAsync(args, ExecSurroundings.OfProcess());
