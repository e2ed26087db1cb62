using System.CommandLine;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Profiles;

namespace Codex.ConfigTool.CommandLine;

/// <summary><c>--profile NAME</c>, the same wherever it is taken.</summary>
internal static class ProfileFlag
{
    public static Option<string?> Create(string description)
    {
        var option = new Option<string?>("--profile") { Description = description, HelpName = "name" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && ProfileFiles.NameFault(name) is { } fault)
                result.AddError($"--profile '{Printable.Line(name)}': {fault}");
        });
        return option;
    }
}
