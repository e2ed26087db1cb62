using Codex.ConfigTool.Chats;
using SQLitePCL;

namespace Codex.ConfigTool.Tests.Chats;

public sealed class ChatCountTests : IDisposable
{
    private readonly ToolRun _tool = new()
    {
        Config = "model_provider = \"own\"\n[model_providers.own]\nname = \"own\"\nbase_url = \"http://127.0.0.1:9/v1\"\n",
    };

    private string Database => Path.Combine(_tool.CodexHome, "state_5.sqlite");

    /// <summary>Each chat once: by its file, by Codex's list, or by both, where the list is right.</summary>
    [Fact]
    public void Chats_are_counted_from_the_list_and_from_files()
    {
        Rollout("sessions", "a", "own");
        Rollout("sessions", "b", "old");
        Rollout("archived_sessions", "c", "own");
        Write(Database, close: true, ("b", "own"), ("d", "own"), ("e", "other"));

        Count().ShouldBe("other 1, own 4");
    }

    [Fact]
    public void A_list_that_codex_is_writing_is_read_with_its_log_and_neither_locked_nor_changed()
    {
        using var open = Write(Database, close: false, ("a", "own"), ("b", "own"))!;
        new FileInfo(Database + "-wal").Length.ShouldBeGreaterThan(0);
        // A writer in the middle of a transaction.
        raw.sqlite3_exec(open, "BEGIN IMMEDIATE; INSERT INTO threads VALUES ('c', 'own')").ShouldBe(raw.SQLITE_OK);
        var before = Files();

        Count().ShouldBe("own 2");

        Files().ShouldBe(before);
        raw.sqlite3_exec(open, "COMMIT").ShouldBe(raw.SQLITE_OK);
        Count().ShouldBe("own 3");
    }

    [Theory]
    [InlineData("sqlite_home = \"lists\"\n", null)]
    [InlineData("", "lists")]
    public void The_list_is_found_where_codex_keeps_it(string key, string? variable)
    {
        _tool.Config = key + _tool.Config;
        Directory.CreateDirectory(Path.Combine(_tool.CodexHome, "lists"));
        if (variable is not null)
            _tool.Variables["CODEX_SQLITE_HOME"] = Path.Combine(_tool.CodexHome, variable);
        Write(Path.Combine(_tool.CodexHome, "lists", "state_5.sqlite"), close: true, ("a", "own"));

        Count().ShouldBe("own 1");
    }

    [Theory]
    [InlineData("no database")]
    [InlineData("")]
    public void A_list_that_cannot_be_read_leaves_the_files(string text)
    {
        Rollout("sessions", "a", "own");
        File.WriteAllText(Database, text);

        Count().ShouldBe("own 1");
    }

    [Fact]
    public void A_list_of_another_shape_leaves_the_files()
    {
        Rollout("sessions", "a", "own");
        using (var database = Open(Database))
            raw.sqlite3_exec(database, "CREATE TABLE threads (id TEXT)").ShouldBe(raw.SQLITE_OK);

        Count().ShouldBe("own 1");
    }

    [Fact]
    public void The_newest_list_counts()
    {
        Write(Path.Combine(_tool.CodexHome, "state_4.sqlite"), close: true, ("x", "old"));
        Write(Path.Combine(_tool.CodexHome, "state_12.sqlite"), close: true, ("a", "own"));

        Count().ShouldBe("own 1");
    }

    /// <summary>Stories F28 and F29.</summary>
    [Fact]
    public void Commands_tell_of_chats_that_only_the_list_has()
    {
        Write(Database, close: true, ("a", "own"), ("b", "own"), ("c", "openai"));

        _tool.Run("remove-provider own --force --dry-run").Output.ShouldContain("2 chats were made with \"own\" and cannot be resumed without its table");
        _tool.Run("remove-provider own --keep-table --dry-run").Output.ShouldNotContain("cannot be resumed");
        _tool.Run("use ollama --model m --dry-run").Output.ShouldContain("2 chats were made with \"own\"");
        _tool.Run("list").Output.Split('\n').ShouldContain(l => l.Contains("own", StringComparison.Ordinal) && l.TrimEnd().EndsWith('2'));
        _tool.Run("doctor").Output.ShouldContain("I01 chats: 2 with own, 1 with openai");
    }

    public void Dispose() => _tool.Dispose();

    private string Count()
    {
        var environment = new ToolEnvironment(_tool.Files, TimeProvider.System, _tool.Variables, _tool.UserHome, () => "");
        return string.Join(", ", ChatCount.Of(environment, _tool.CodexHome).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}"));
    }

    private string[] Files() => [.. Directory.GetFiles(_tool.CodexHome, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(f => $"{f} {new FileInfo(f).Length} {File.GetLastWriteTimeUtc(f):O}")];

    private void Rollout(string folder, string id, string provider)
    {
        var path = Directory.CreateDirectory(Path.Combine(_tool.CodexHome, folder, "2026", "01", "02")).FullName;
        File.WriteAllText(Path.Combine(path, $"rollout-2026-01-02T03-04-05-{id}.jsonl"), $$$"""{"type":"session_meta","payload":{"id":"{{{id}}}","model_provider":"{{{provider}}}"}}""");
    }

    private static sqlite3 Open(string path)
    {
        Batteries_V2.Init();
        raw.sqlite3_open(path, out var database).ShouldBe(raw.SQLITE_OK);
        return database;
    }

    /// <summary>A list as Codex keeps it, with a log of changes.</summary>
    private static sqlite3? Write(string path, bool close, params (string Id, string Provider)[] threads)
    {
        var database = Open(path);
        raw.sqlite3_exec(database, "PRAGMA journal_mode = WAL; CREATE TABLE threads (id TEXT PRIMARY KEY, model_provider TEXT NOT NULL)").ShouldBe(raw.SQLITE_OK);
        foreach (var (id, provider) in threads)
            raw.sqlite3_exec(database, $"INSERT INTO threads VALUES ('{id}', '{provider}')").ShouldBe(raw.SQLITE_OK);
        if (!close)
            return database;
        database.Dispose();
        return null;
    }
}
