namespace Codex.Agent.Edits;

public abstract record PlanOutcome
{
    private PlanOutcome()
    {
    }

    public sealed record Planned(EditPlan Plan) : PlanOutcome;

    /// <param name="Reason">For the model.</param>
    public sealed record Refused(string Reason) : PlanOutcome;
}
