using System.Text;
using System.Text.Json.Nodes;
using Codex.Gateway.Configuration;
using Codex.Gateway.Tests.Fixtures;

namespace Codex.Gateway.Tests.Configuration;

/// <summary>
/// A fixture holds the file as it was in <c>before.json</c> (absent: there is none), what is asked in
/// <c>command.txt</c>, and in <c>expected.txt</c> the file that comes of it, or the beginning of the reason why not.
/// </summary>
public sealed class KeyFileEditTests
{
    private const string Area = "keys";

    public static TheoryData<string> Names() => FixtureFolders.NamesOf(Area);

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_the_key_changes_and_every_other_byte_stays(string name)
    {
        var before = FixtureFolders.Exists(Area, name, "before.json") ? FixtureFolders.ReadBytes(Area, name, "before.json") : [];
        var expected = Encoding.UTF8.GetString(FixtureFolders.ReadBytes(Area, name, "expected.txt"));

        var edited = Encoding.UTF8.GetString(FixtureFolders.ReadBytes(Area, name, "command.txt")).Split(' ', '\n') switch
        {
            ["add", var key, ..] => KeyFileEdit.Add(before, "gateway.json", key, new JsonObject { ["Hash"] = "h" }),
            ["revoke", var key, ..] => KeyFileEdit.Remove(before, "gateway.json", key),
            var other => throw new InvalidOperationException(string.Join(' ', other)),
        };

        switch (edited)
        {
            case KeyFileEdited.Done done:
                Encoding.UTF8.GetString(done.File.AsSpan()).ShouldBe(expected);
                break;
            case KeyFileEdited.Refused refused:
                (refused.Reason + "\n").ShouldStartWith(expected);
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_key_that_is_added_and_revoked_leaves_the_meaning_as_it_was(string name)
    {
        if (!FixtureFolders.Exists(Area, name, "before.json"))
            return;
        var before = FixtureFolders.ReadBytes(Area, name, "before.json");
        if (KeyFileEdit.Add(before, "gateway.json", "another", new JsonObject { ["Hash"] = "h", ["Models"] = new JsonArray("a", "b") }) is not KeyFileEdited.Done added)
            return;

        var removed = KeyFileEdit.Remove(added.File.AsSpan(), "gateway.json", "ANOTHER").ShouldBeOfType<KeyFileEdited.Done>();

        Compact(removed.File.AsSpan()).ShouldBe(Compact(before).Replace(",}", "}", StringComparison.Ordinal));
    }

    private static string Compact(ReadOnlySpan<byte> file)
    {
        var node = JsonNode.Parse(JsonObjectLayout.WithoutMark(file), documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true })!.AsObject();
        if (node.FirstOrDefault(p => p.Key.Equals("Keys", StringComparison.OrdinalIgnoreCase)) is { Key: { } key, Value: JsonObject { Count: 0 } })
            node.Remove(key);
        return node.ToJsonString();
    }
}
