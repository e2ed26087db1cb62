using Codex.Agent.Interactive;
using Codex.Agent.Processes;

namespace Codex.Agent.Tests.Interactive;

public sealed class UserCommandTests
{
    [Fact]
    public void The_model_hears_of_the_users_command_in_codex_words() =>
        UserCommand.ForModel("ls -l", new CommandOutcome.Completed(2, "no such file\n", TimeSpan.FromMilliseconds(12.34), TimedOut: false), 1000).ShouldBe(
            "<user_shell_command>\n<command>\nls -l\n</command>\n<result>\nExit code: 2\nDuration: 0.0123 seconds\nOutput:\nno such file\n</result>\n</user_shell_command>");
}
