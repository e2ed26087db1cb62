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
