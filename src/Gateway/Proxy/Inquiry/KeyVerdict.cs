namespace Codex.Gateway.Proxy.Inquiry;

/// <summary>What a backend's list of models says about a key.</summary>
internal abstract record KeyVerdict
{
    private KeyVerdict()
    {
    }

    /// <summary>It is listed with the key, and not without it.</summary>
    public sealed record Accepted : KeyVerdict;

    /// <param name="Status">401 or 403.</param>
    public sealed record Refused(int Status) : KeyVerdict;

    /// <summary>The list fails too.</summary>
    /// <param name="Status">5xx.</param>
    public sealed record Failing(int Status) : KeyVerdict;

    /// <summary>Nothing can be learnt: no answer in time, no such list, or one that is open to everybody.</summary>
    public sealed record Unclear : KeyVerdict
    {
        public static readonly Unclear Instance = new();
    }
}
