using Codex.Agent.Projects;
using Codex.Agent.Tests.Edits;

namespace Codex.Agent.Tests.Projects;

public sealed class GitFactsTests : IDisposable
{
    private const string Hash = "0123456789abcdef0123456789abcdef01234567";

    private readonly TemporaryDirectory _place = new();

    public static TheoryData<string, string[], GitFacts?> Repositories => new()
    {
        { "a branch", [".git/HEAD|ref: refs/heads/feature/x", $".git/refs/heads/feature/x|{Hash}"], new GitFacts(Hash, "feature/x", null) },
        { "a packed branch", [".git/HEAD|ref: refs/heads/main", $".git/packed-refs|# pack-refs\n{Hash} refs/heads/main\n^1111 refs/heads/main"], new GitFacts(Hash, "main", null) },
        { "no commit yet", [".git/HEAD|ref: refs/heads/main"], new GitFacts(null, "main", null) },
        { "no branch", [$".git/HEAD|{Hash}"], new GitFacts(Hash, null, null) },
        { "a remote", [".git/HEAD|ref: refs/heads/main", ".git/config|[remote \"other\"]\n url = a\n[remote \"origin\"]\n\turl = git@example.com:x.git\n"], new GitFacts(null, "main", "git@example.com:x.git") },
        { "a password", [".git/HEAD|ref: refs/heads/main", ".git/config|[remote \"origin\"]\n\turl = https://me:secret@example.com/x.git\n"], new GitFacts(null, "main", "https://example.com/x.git") },
        { "a linked work tree", [".git|gitdir: main/.git/worktrees/w", "main/.git/worktrees/w/HEAD|ref: refs/heads/w", "main/.git/worktrees/w/commondir|../..", $"main/.git/refs/heads/w|{Hash}"], new GitFacts(Hash, "w", null) },
        { "only the folder", [".git/config|"], null },
        { "none", ["a.txt|"], null },
    };

    [Theory]
    [MemberData(nameof(Repositories))]
    public void A_work_tree_tells_its_commit_branch_and_origin(string name, string[] files, GitFacts? expected)
    {
        foreach (var file in files.Select(f => f.Split('|', 2)))
        {
            var path = _place[file[0]];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file[1] + "\n");
        }

        GitFacts.Read(_place.Path).ShouldBe(expected, name);
    }

    public void Dispose() => _place.Dispose();
}
