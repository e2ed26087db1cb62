using Codex.Gateway.CommandLine;

return await GatewayCommandLine.RunAsync(args);
