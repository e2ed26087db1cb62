namespace Codex.ConfigTool.Tests.Stories;

/// <summary>What went wrong in tools of this kind, and must not here. A test proves a story when its name begins with the story's id.</summary>
/// <param name="Id">F and two digits.</param>
/// <param name="Promise">What this tool does instead.</param>
public sealed record FailureStory(string Id, string Promise)
{
    public static IReadOnlyList<FailureStory> All { get; } =
    [
        new("F01", "Comments, unknown keys and spelling of sections that are not changed stay, those of the next section included."),
        new("F02", "Dotted keys keep their place."),
        new("F03", "CR LF stays CR LF."),
        new("F04", "A byte order mark stays first and single."),
        new("F05", "A missing line end at the end stays missing."),
        new("F06", "A banner and a schema line stay above the keys of the root."),
        new("F07", "Tables in braces stay in braces, with their comment."),
        new("F08", "Dotted lines are not turned into headers."),
        new("F09", "A new section stands apart and takes no comment from its neighbour."),
        new("F10", "Choosing another provider leaves every other setting as it is."),
        new("F11", "A text that shrinks although nothing is to be removed is not written."),
        new("F12", "Keys of the root never land in the last table."),
        new("F13", "A link stays a link; its target changes."),
        new("F14", "A circle of links is refused, not taken for an empty file."),
        new("F15", "Mode, owner and group are kept; a new file is for its owner only."),
        new("F16", "A read-only file is refused."),
        new("F17", "A file of the Nix store is refused with the way that works there."),
        new("F18", "Everything is on the disk before the rename, and a file of NUL bytes is told."),
        new("F19", "A full disk leaves the old file whole and no rubbish."),
        new("F20", "Runs at the same time, and other writers, lose nothing."),
        new("F21", "No part of an array or section is left behind, and none comes twice."),
        new("F22", "Another spelling of a table is the same table."),
        new("F23", "Brackets within strings and arrays are no headers."),
        new("F24", "Profiles within config.toml are told, never written."),
        new("F25", "A profile file is not written for a Codex that reads none."),
        new("F26", "An id that belongs to Codex is refused before anything is written."),
        new("F27", "Removing a provider brings back what was there and never leaves a default that points at nothing."),
        new("F28", "Chats that cannot be resumed without the provider are counted before it goes."),
        new("F29", "Chats of other providers are counted when the default changes."),
        new("F30", "In whatever layout, what the file means changes by the plan alone."),
        new("F31", "Nothing is put in another order."),
        new("F32", "A file is never written anew, and a model in another table is not the model."),
        new("F33", "The home that Codex uses is the one that is changed."),
        new("F34", "No setting changes on the way."),
        new("F35", "A bad escape is shown in its line with the way out."),
        new("F36", "No provider without a name comes into being."),
        new("F37", "Text of the file is never taken for markup."),
    ];
}
