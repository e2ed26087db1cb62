using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Reads what stands behind an option, and says in its own words what it takes instead.</summary>
internal static class OptionText
{
    /// <param name="result">The option with its one word.</param>
    /// <param name="least">The smallest number it takes.</param>
    /// <param name="what">What it takes, for the error.</param>
    public static long? Number(ArgumentResult result, long least, string what)
    {
        if (long.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least)
            return number;
        result.AddError($"{NameOf(result)} takes {what}.");
        return null;
    }

    /// <summary>For names of files and directories, and for whatever else is of no use when empty: most often an unset variable in a script.</summary>
    public static Option<string?> NotEmpty(this Option<string?> option)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && string.IsNullOrWhiteSpace(text))
                result.AddError($"{option.Name} may not be empty.");
        });
        return option;
    }

    private static string NameOf(ArgumentResult result) => result.Parent is OptionResult option ? option.Option.Name : "the option";
}
