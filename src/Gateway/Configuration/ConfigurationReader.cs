using System.Collections.Immutable;

namespace Codex.Gateway.Configuration;

/// <summary>From the texts a user wrote to a checked configuration: file, over it environment variables, over them flags.</summary>
public static class ConfigurationReader
{
    /// <param name="file">Null when there is no file.</param>
    /// <param name="path">Of the file, as the user knows it.</param>
    /// <param name="variables">The whole environment; also tells whether the variables that hold keys are set.</param>
    public static ConfigurationRead Read(
        ReadOnlySpan<byte> file, string? path, IReadOnlyDictionary<string, string> variables, CommandLineSettings flags)
    {
        var root = new SettingNode.Section(new SettingPlace.File(path ?? "", 1), []);
        if (path is not null)
        {
            switch (JsonSettings.Read(file, path))
            {
                case JsonSettingsRead.Good good:
                    root = good.Root;
                    break;
                case JsonSettingsRead.Malformed malformed:
                    return new ConfigurationRead.Refused([malformed.Problem]);
            }
        }

        var known = OptionsShape.KeysOf(typeof(GatewayOptions)).Select(p => p.Name).ToList();
        root = SettingOverlay.Merge(root, EnvironmentSettings.Read(variables, known));
        root = SettingOverlay.Merge(root, flags.ToSettings());

        var problems = new ProblemList(root);
        var options = new OptionsReader(problems).Read(root);
        if (!problems.All.IsEmpty)
            return new ConfigurationRead.Refused(problems.All);
        var configured = new ConfigurationResolver(problems, variables).Resolve(options);
        return problems.All.IsEmpty ? new ConfigurationRead.Accepted(configured) : new ConfigurationRead.Refused(problems.All);
    }
}

public abstract record ConfigurationRead
{
    private ConfigurationRead()
    {
    }

    public sealed record Accepted(Configured Configured) : ConfigurationRead;

    /// <param name="Problems">At least one.</param>
    public sealed record Refused(ImmutableArray<ConfigurationProblem> Problems) : ConfigurationRead
    {
        /// <summary>The first problem and how many more there are, in one line.</summary>
        public string Summary => Problems.Length == 1 ? Problems[0].ToString() : $"{Problems[0]} (and {Problems.Length - 1} more)";
    }
}
