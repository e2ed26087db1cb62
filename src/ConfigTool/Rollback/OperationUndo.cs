using Codex.ConfigTool.Changes;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Journal;
using Codex.Toml;
using Codex.Toml.Editing;

namespace Codex.ConfigTool.Rollback;

/// <summary>Takes one operation back: byte by byte on a file that nobody touched since, value by value otherwise.</summary>
internal static class OperationUndo
{
    public static ChangePlanning Plan(Operation operation, FileOperation part, ConfigFile file)
    {
        if (ExactRollback.Of(part, file.Bytes) is { } text)
            return ChangePlanning.OfText(file, text.Bytes, [], FileRecords.RightsOf(part));
        var document = TomlDocument.Parse(file.Bytes.GetValueOrDefault());
        if (!document.IsValid)
            return ChangePlanning.OfDiagnostic(file, document, document.Diagnostics[0]);

        var hint = $"codex-config backup show {operation.Id} shows the file as it was; codex-config diff shows what has changed since";
        var touched = part.Values.Where(v => !ValueRestore.IsUntouched(document, v)).Select(v => FileRecords.PathOf(v).ToString()).ToList();
        if (touched.Count > 0 || part.Values.IsEmpty)
        {
            return new ChangePlanning.Refused(new(ExitCodes.CannotUndo,
                touched.Count > 0 ? $"changed since by somebody else: {string.Join(", ", touched)}" : $"{file.Name} was changed since by somebody else", hint));
        }

        TomlEdit[] edits = [.. part.Values.Select(v => ValueRestore.Edit(document, v)).OfType<TomlEdit>()];
        if (TomlEditor.Plan(document, edits) is EditPlanning.Ready { Plan.RemovedComments: { IsEmpty: false } comments })
            return new ChangePlanning.Refused(new(ExitCodes.CannotUndo, $"line {comments[0].Position.Line} has a comment of yours that would go as well", hint));
        return ChangePlanning.OfEdits(file, document, [.. edits], []);
    }
}
