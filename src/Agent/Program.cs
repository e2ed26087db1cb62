return await Codex.Agent.CommandLine.AgentCommandLine.RunAsync(args);
