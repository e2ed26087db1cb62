using System.Text.Json;
using Codex.Agent.Loop;
using Codex.Agent.Threads;

namespace Codex.Agent.Tests.Threads;

public sealed class TurnProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("notify").FullName;

    [SkippableFact]
    public async Task The_users_program_gets_one_more_argument_in_Codexs_words_and_is_not_waited_for()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because programs are started on Linux only");
        var told = Path.Combine(_folder, "told");
        var program = Program("notify", $"#!/bin/sh\nread nothing\n[ \"$1\" = mine ] && printf '%s' \"$2\" > '{told}.part' && mv '{told}.part' '{told}'\nwhile [ -d '{_folder}' ]; do sleep 0.05; done\n");

        (await new TurnProgram([program, "mine"], "thread-1", _folder, "codex_exec").TellAsync(new FinishedTurn("turn-1", ["first \"é\"", "second"], "Done."))).ShouldBeNull();

        for (var waited = 0; waited < 600 && !File.Exists(told); waited++)
            await Task.Delay(50);
        (await File.ReadAllTextAsync(told)).ShouldBe(
            $$"""{"type":"agent-turn-complete","thread-id":"thread-1","turn-id":"turn-1","cwd":{{JsonSerializer.Serialize(_folder)}},"client":"codex_exec","input-messages":["first \"é\"","second"],"last-assistant-message":"Done."}""");
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_is_told_once()
    {
        var program = new TurnProgram(["./none", "x"], "thread-1", _folder, "codex_exec");

        (await program.TellAsync(new FinishedTurn("turn-1", ["hi"], LastMessage: null))).ShouldBe("notify could not start ./none: it is not there, or no program. Correct notify in config.toml.");
        (await program.TellAsync(new FinishedTurn("turn-2", ["hi"], LastMessage: null))).ShouldBeNull();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Program(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
