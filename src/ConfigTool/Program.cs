using Codex.ConfigTool;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Output;

return await ConfigCommandLine.RunAsync(args, ToolEnvironment.OfProcess(), Terminal.OfProcess());
