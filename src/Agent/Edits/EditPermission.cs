using Codex.Agent.Approvals;
using Codex.Agent.Sandbox;
using Codex.Agent.Tools;

namespace Codex.Agent.Edits;

/// <summary>Decides whether a change may be written, and asks where only the user can say.</summary>
public static class EditPermission
{
    private const string Outside = "patch rejected: writing outside of the project; rejected by user approval settings";

    private const string ReadOnly = "patch rejected: writing is blocked by read-only sandbox; rejected by user approval settings";

    private const string Declined = "patch rejected by user";

    /// <returns>Null when it may; otherwise what the model is told and whether it was the user who said no.</returns>
    public static async Task<(string Reason, bool IsDeclined)?> RefuseAsync(EditPlan plan, ToolContext context, CancellationToken cancellation)
    {
        var outside = plan.Files.Where(f => !IsWritable(f.Path, context.Sandbox)).Select(f => f.Path).ToArray();
        var mustAsk = outside.Length > 0 || context.Approvals.Policy == ApprovalPolicy.Untrusted;
        if (!mustAsk)
            return null;
        if (!context.Approvals.CanAsk)
            return (context.Sandbox.Mode == SandboxMode.ReadOnly ? ReadOnly : Outside, false);
        var paths = plan.Files.Select(f => f.Path).ToArray();
        var request = new ApprovalRequest.Edit(
            "edit " + string.Join(' ', paths.Order(StringComparer.Ordinal)),
            outside.Length == 0 ? null : $"This writes outside of the writable directories, or where commands and keys are kept: {string.Join(", ", outside)}",
            [.. paths],
            plan.Diff(context.WorkingDirectory));
        return await context.Approvals.AskAsync(request, cancellation) is ApprovalAnswer.Declined or ApprovalAnswer.Abort ? (Declined, true) : null;
    }

    /// <param name="path">Absolute, links resolved.</param>
    public static bool IsWritable(string path, SandboxPolicy policy)
    {
        if (policy.Mode == SandboxMode.FullAccess)
            return true;
        // The innermost root decides: a root below a protected directory was named by the user on purpose.
        var root = policy.WritableRoots.Where(r => IsBelow(path, r)).MaxBy(r => r.Length);
        return root is not null
            && !policy.ProtectedPaths.Any(p => (path == p || IsBelow(path, p)) && !IsBelow(root, p))
            // Some file systems do not tell capitals apart.
            && !path[root.Length..].Split('/').Any(part => SandboxPolicy.ProtectedNames.Contains(part, StringComparer.OrdinalIgnoreCase));
    }

    private static bool IsBelow(string path, string root) =>
        path.StartsWith(root, StringComparison.Ordinal) && (root.EndsWith('/') || (path.Length > root.Length && path[root.Length] == '/'));
}
