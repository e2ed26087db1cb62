using System.Collections.Immutable;
using System.Text.Json;
using Codex.Gateway.Demo.Scripts;

namespace Codex.Gateway.Demo;

/// <summary>Picks a tool of those the client offers, by name and parameters, and writes its arguments.</summary>
internal static class DemoTools
{
    private const string PatchName = "apply_patch";

    private static readonly string[] ShellNames =
        ["exec_command", "shell", "shell_command", "local_shell", "bash", "run_shell_command", "run_command", "execute_command", "terminal"];

    private static readonly string[] CommandMembers = ["cmd", "command", "script", "code", "input"];
    private static readonly string[] WriteNames = ["write_file", "create_file", "write", "file_write", "write_to_file"];
    private static readonly string[] PathMembers = ["path", "file_path", "filePath", "filename", "file"];
    private static readonly string[] EditNames = ["edit_file", "str_replace", "replace", "edit"];
    private static readonly string[] OldMembers = ["old", "old_string", "old_str", "old_text"];
    private static readonly string[] NewMembers = ["new", "new_string", "new_str", "new_text"];
    private static readonly string[] ContentMembers = ["content", "contents", "file_text", "text"];

    /// <summary>Whether the demo model knows the tool by its name: a shell or an edit tool.</summary>
    public static bool IsKnown(DemoTool tool) =>
        tool.Name == PatchName || ShellNames.Contains(tool.Name) || WriteNames.Contains(tool.Name);

    /// <summary>The tool that runs commands, or null.</summary>
    public static DemoTool? Shell(ImmutableArray<DemoTool> tools) =>
        Named(tools, ShellNames, tool => Member(tool, CommandMembers) is not null);

    public static (DemoTool Tool, string Arguments)? Run(ImmutableArray<DemoTool> tools, string command)
    {
        if (Shell(tools) is not { } tool || Member(tool, CommandMembers) is not { } member)
            return null;
        return (tool, Arguments(tool, (member, writer =>
        {
            if (!IsArray(tool, member))
            {
                writer.WriteStringValue(command);
                return;
            }

            writer.WriteStartArray();
            writer.WriteStringValue("bash");
            writer.WriteStringValue("-lc");
            writer.WriteStringValue(command);
            writer.WriteEndArray();
        }
        )));
    }

    /// <summary>A real edit tool first, then a shell, then whatever writes files.</summary>
    public static (DemoTool Tool, string Arguments)? CreateFile(ImmutableArray<DemoTool> tools, DemoIntent.CreateFile file)
    {
        var patchTool = tools.FirstOrDefault(tool => tool.Name == PatchName);
        if (patchTool is not null && Member(patchTool, ["input", "patch"]) is { } input)
        {
            return (patchTool, Arguments(patchTool,
                (input, writer => writer.WriteStringValue(DemoShell.AddFilePatch(file.Path, file.Content)))));
        }

        if (Shell(tools) is { } shell)
        {
            return Run(tools, shell.Name == "exec_command"
                ? DemoShell.PatchCommand(file.Path, file.Content)
                : DemoShell.WriteCommand(file.Path, file.Content));
        }

        var writeTool = Named(tools, WriteNames,
            tool => Member(tool, PathMembers) is not null && Member(tool, ContentMembers) is not null);
        if (writeTool is null)
            return null;
        return (writeTool, Arguments(writeTool,
            (Member(writeTool, PathMembers)!, writer => writer.WriteStringValue(file.Path)),
            (Member(writeTool, ContentMembers)!, writer => writer.WriteStringValue(file.Content))));
    }

    /// <summary>A tool that puts text in the place of other text, else a shell: a patch needs lines of the file, and the model has not read it.</summary>
    public static (DemoTool Tool, string Arguments)? EditFile(ImmutableArray<DemoTool> tools, DemoIntent.EditFile edit)
    {
        var editTool = Named(tools, EditNames, tool =>
            Member(tool, PathMembers) is not null && Member(tool, OldMembers) is not null && Member(tool, NewMembers) is not null);
        if (editTool is null)
            return Run(tools, DemoShell.ReplaceCommand(edit.Path, edit.Old, edit.New));
        return (editTool, Arguments(editTool,
            (Member(editTool, PathMembers)!, writer => writer.WriteStringValue(edit.Path)),
            (Member(editTool, OldMembers)!, writer => writer.WriteStringValue(edit.Old)),
            (Member(editTool, NewMembers)!, writer => writer.WriteStringValue(edit.New))));
    }

    /// <summary>The given members, then a sample for every other member the schema requires.</summary>
    public static string Arguments(DemoTool tool, params (string Name, Action<Utf8JsonWriter> Write)[] given) => ChatJson.Text(writer =>
    {
        writer.WriteStartObject();
        foreach (var (name, write) in given)
        {
            writer.WritePropertyName(name);
            write(writer);
        }

        foreach (var name in DemoSchemaSampler.Required(tool.Parameters))
        {
            if (given.Any(member => member.Name == name))
                continue;
            writer.WritePropertyName(name);
            DemoSchemaSampler.WriteMember(writer, tool.Parameters, name);
        }

        writer.WriteEndObject();
    });

    private static DemoTool? Named(ImmutableArray<DemoTool> tools, string[] names, Func<DemoTool, bool> fits) =>
        names.Select(name => tools.FirstOrDefault(tool => tool.Name == name && fits(tool))).FirstOrDefault(tool => tool is not null);

    private static string? Member(DemoTool tool, string[] names) =>
        names.FirstOrDefault(name => DemoSchemaSampler.Member(tool.Parameters, name) is not null);

    private static bool IsArray(DemoTool tool, string member) =>
        DemoSchemaSampler.Member(tool.Parameters, member) is { } schema && schema.TryGetProperty("type", out var type)
            && type.ValueKind == JsonValueKind.String && type.ValueEquals("array");
}
