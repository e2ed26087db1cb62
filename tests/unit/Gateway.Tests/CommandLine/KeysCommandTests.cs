using System.Text;
using Codex.Gateway.CommandLine;
using Codex.Gateway.Configuration;

namespace Codex.Gateway.Tests.CommandLine;

public sealed class KeysCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("codex-gateway").FullName;

    private string File => Path.Combine(_folder, "gateway.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_key_is_printed_once_and_only_its_hash_is_kept()
    {
        var (code, output, error) = await RunAsync("keys", "add", "alice", "--model", "team/*", "--model", "b", "--requests-per-minute", "60", "--tokens-per-minute", "1000", "--concurrent", "2", "--tokens-per-day", "5000", "--tokens-per-month", "90000", "--admin", "--config", File);

        code.ShouldBe(0, error);
        var key = output.Trim();
        key.ShouldStartWith("cgw_");
        error.ShouldContain($"Key 'alice' is in {File}");
        error.ShouldNotContain(key);
        var written = await System.IO.File.ReadAllTextAsync(File);
        written.ShouldNotContain(key);
        var read = ConfigurationReader.Read(Encoding.UTF8.GetBytes(written), File, new Dictionary<string, string>(), new CommandLineSettings());
        var made = read.ShouldBeOfType<ConfigurationRead.Accepted>().Configured.Keys.Single();
        made.Name.ShouldBe("alice");
        made.Hash.Matches(Encoding.UTF8.GetBytes(key)).ShouldBeTrue();
        made.Models.ShouldBe(["team/*", "b"]);
        made.Allowance.ShouldBe(new(60, 1000, 2, 5000, 90000));
        made.IsAdmin.ShouldBeTrue();
        Directory.GetFiles(_folder).ShouldBe([File], "nothing unfinished stays behind");
        if (!OperatingSystem.IsWindows())
            System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Keys_are_listed_by_name_and_taken_back()
    {
        await System.IO.File.WriteAllTextAsync(File, "{\n  \"Discover\": false, // quiet\n  \"Providers\": { \"a\": { \"BaseUrl\": \"http://127.0.0.1:1\", \"ApiKeyEnv\": \"NOT_SET_HERE\" } }\n}\n");
        var before = await System.IO.File.ReadAllTextAsync(File);
        await RunAsync("keys", "add", "alice", "--config", File, "--requests-per-minute", "5");
        await RunAsync("keys", "add", "bob", "--config", File);

        var (listed, table, _) = await RunAsync("keys", "list", "--config", File);
        listed.ShouldBe(0);
        var lines = table.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        lines[1].ShouldMatch("^alice +all +5 +- +- +- +- +-$");
        lines[2].ShouldMatch("^bob +all ");

        (await RunAsync("keys", "revoke", "alice", "--config", File)).Output.ShouldStartWith($"Key 'alice' is no longer in {File}.");
        (await RunAsync("keys", "revoke", "bob", "--config", File)).Output.ShouldContain("It was the last one");
        (await RunAsync("keys", "list", "--config", File)).Output.ShouldStartWith("No keys in ");
        (await System.IO.File.ReadAllTextAsync(File)).Replace(",\n  \"Keys\": {  }", "", StringComparison.Ordinal).ShouldBe(before);
    }

    [Fact]
    public async Task Many_at_once_all_get_their_turn()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => RunAsync("keys", "add", $"key{i}", "--config", File)));

        added.ShouldAllBe(a => a.Code == 0);
        (await RunAsync("keys", "list", "--config", File)).Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(9);
    }

    [SkippableFact]
    public async Task A_link_stays_a_link_and_the_mode_of_the_file_stays()
    {
        Skip.If(OperatingSystem.IsWindows(), "skipped, because links and modes are those of Unix");
        if (OperatingSystem.IsWindows())
            return;
        var target = Path.Combine(_folder, "real.json");
        await System.IO.File.WriteAllTextAsync(target, "{}");
        System.IO.File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        System.IO.File.CreateSymbolicLink(File, target);

        (await RunAsync("keys", "add", "alice", "--config", File)).Code.ShouldBe(0);

        new FileInfo(File).LinkTarget.ShouldBe(target);
        (await System.IO.File.ReadAllTextAsync(target)).ShouldContain("alice");
        System.IO.File.GetUnixFileMode(target).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
    }

    [Theory]
    [InlineData("codex-gateway: the name is no name for a key: up to 64 letters, digits, '-', '_', '.', '@'", "add", "a/b")]
    [InlineData("codex-gateway: the name looks like a key itself; a name such as alice belongs here", "add", "cgw_abc")]
    [InlineData("codex-gateway: --concurrent must be 1 or more. See codex-gateway --help.", "add", "alice", "--concurrent", "0")]
    [InlineData("codex-gateway: {file}: there is no such file, so there are no keys; name the file with --config", "revoke", "alice")]
    public async Task What_cannot_be_done_is_said_in_one_line(string expected, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(["keys", .. arguments, "--config", File]);

        error.ShouldBe(expected.Replace("{file}", File, StringComparison.Ordinal) + Environment.NewLine);
        output.ShouldBeEmpty();
        code.ShouldBe(2);
        System.IO.File.Exists(File).ShouldBeFalse();
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await GatewayCommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
