using System.Runtime.InteropServices;
using Codex.Agent.Gateway;
using Codex.Agent.Processes;

namespace Codex.Agent.Doctor.Checks;

/// <summary>This program, and those beside it.</summary>
internal static class ProgramCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        yield return new("I01", $"codex-agent {examination.Version} for {RuntimeInformation.RuntimeIdentifier} on {RuntimeInformation.FrameworkDescription}, in {AppContext.BaseDirectory}");
        if (GatewayProgram.Find() is var (program, arguments))
            yield return new("I02", $"codex-gateway is {(arguments is [var library, ..] ? library : program)}");
        else if (examination.Settings is { Endpoint: null })
            yield return new("W01", "codex-gateway is neither beside this program nor on the PATH", "install it, or set model_provider in config.toml");
        var path = examination.Around.Variable("PATH");
        var directory = examination.Around.CurrentDirectory;
        if (ExecutableSearch.Find("git", path, directory) is { } git)
            yield return new("I03", $"git is {git}");
        else
            yield return new("W02", "git is not on the PATH: the model cannot use it, and /diff shows nothing", "install git");
        if (ExecutableSearch.Find("rg", path, directory) is { } rg)
            yield return new("I04", $"rg is {rg}; commands of the model can use it");
    }
}
