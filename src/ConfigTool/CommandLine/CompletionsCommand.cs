using System.CommandLine;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Prints a script that lets a shell complete commands, options and presets. The script asks this program, so it never gets old.</summary>
internal static class CompletionsCommand
{
    private const string Bash = """
        _codex_config() {
            local line="${COMP_LINE:0:COMP_POINT}"
            line="${line#* }"
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(codex-config "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -F _codex_config codex-config
        """;

    private const string Zsh = """
        #compdef codex-config
        _codex_config() {
            local line="${BUFFER[1,CURSOR]#* }"
            local -a found
            found=("${(@f)$(codex-config "[suggest:${#line}]" "$line" 2>/dev/null)}")
            compadd -a found
        }
        compdef _codex_config codex-config
        """;

    private const string Fish = """
        function __codex_config_complete
            set -l line (commandline -cp | string replace -r '^\S+\s' '')
            codex-config "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c codex-config -f -a '(__codex_config_complete)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName codex-config -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $line = $commandAst.ToString().PadRight($cursorPosition).Substring(0, $cursorPosition) -replace '^\S+\s', ''
            codex-config "[suggest:$($line.Length)]" "$line" 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
        ["pwsh"] = PowerShell,
    };

    public static Command Create(Func<ParseResult, Invocation> invoke)
    {
        var shell = new Argument<string>("shell") { Description = $"One of: {string.Join(", ", Scripts.Keys)}." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completions", "Print the script that lets a shell complete commands, options and presets.") { shell };
        command.SetAction(parsed =>
        {
            invoke(parsed).Terminal.Output.WriteLine(Scripts[parsed.GetRequiredValue(shell)]);
            return ExitCodes.Done;
        });
        return command;
    }
}
