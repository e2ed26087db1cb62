namespace Codex.Agent.Projects;

/// <summary>What the user decided about a project.</summary>
public enum ProjectTrust
{
    /// <summary>Nothing yet: its instructions are read, its settings are not.</summary>
    Undecided,
    Trusted,

    /// <summary>Nothing of it is read for the model by itself.</summary>
    Untrusted,
}
