using System.Collections.Immutable;
using Codex.ConfigTool.Doctor.Checks;

namespace Codex.ConfigTool.Doctor;

/// <summary>Every check. Adding one is one file and one entry here; the doctor, its help, its documentation and its tests are folds over it.</summary>
internal static class CheckRegistry
{
    private const string Network = "--network";
    private const string FullNetwork = "--network=full";

    /// <summary>Found before any check: text that is no TOML, and no text at all.</summary>
    private static readonly ImmutableArray<FindingKind> OfReading =
    [
        new("E01", "the file is no TOML: a fault of syntax, or a key twice"),
        new("I03", "the file is not there"),
    ];

    public static ImmutableArray<Check> All { get; } =
    [
        new(RootKeyOrderCheck.Find, new FindingKind("W01", "a key of the root stands below a [table] and so belongs to it", IsRepaired: true)),
        new(ReservedIdCheck.Find, new FindingKind("E03", "a table has the name of a provider that belongs to Codex")),
        new(DanglingProviderCheck.Find, new FindingKind("E04", "model_provider names a provider that is nowhere")),
        new(ProviderNameCheck.Find, new FindingKind("E05", "a provider has no name", IsRepaired: true)),
        new(WireApiCheck.Find, new FindingKind("E02", "wire_api is something else than \"responses\"")),
        new(LegacyProfileCheck.Find,
            new("E06", "profile chooses a profile of the old kind; Codex 0.134 and later do not start"),
            new("W04", "[profiles] holds profiles of the old kind, which Codex 0.134 and later pass over")),
        new(AuthenticationCheck.Find,
            new("E07", "a provider has both env_key and auth"),
            new("E14", "env_key holds something that is no variable's name, perhaps the key itself")),
        new(KeyCheck.Find,
            new("E08", "the variable of the key is not set"),
            new("W13", "the variable of the key has another value in Codex's .env, and that one wins"),
            new("W20", "the provider wants a key, and its table names none", IsRepaired: true)),
        new(KeyPrefixCheck.Find, new FindingKind("E15", "the key is for another vendor or environment by how it begins, or holds blanks")),
        new(BaseUrlCheck.Find,
            new("E09", "base_url cannot work"),
            new("W08", "base_url does not end in /v1"),
            new("W09", "base_url is not encrypted and not on this machine"),
            new("W14", "base_url is a letter or two off a known address")),
        new(ResponsesCheck.Find, new FindingKind("E13", "the server has no /responses, which Codex needs")),
        new(ModelCheck.Find,
            new("E12", "the server has no such model", Network),
            new("W18", "the server knows the model and does not list it now: it is cold", Network),
            new("E19", "the model is of another provider than the one that is asked, which is OpenAI"),
            new("W15", "the model is none of those known for the provider")),
        new(ServerCheck.Find,
            new("E10", "the server cannot be reached", Network),
            new("E11", "the server refuses the key", Network),
            new("E18", "the command that prints the key does not", Network),
            new("W19", "the server answers something else than a list of models", Network),
            new("W21", "the server refuses, and Codex would have sent more than this tool can", Network)),
        new(ProbeCheck.Find, new FindingKind("I04", "the server answers a real request as Codex wants it", FullNetwork)),
        new(ContextWindowCheck.Find,
            new("W05", "the context window is missing or larger than the model's", IsRepaired: true),
            new("W27", "a context window is left from another provider, and the models are Codex's own")),
        new(UnknownKeyCheck.Find, new FindingKind("W02", "Codex does not know the key; one with a new name gets it", IsRepaired: true)),
        new(SecretCheck.Find, new FindingKind("W06", "a secret stands in the file")),
        new(LineEndingCheck.Find, new FindingKind("W07", "two kinds of line ends")),
        new(CodexCheck.Find,
            new("E16", "Codex itself refuses the file"),
            new("W22", "Codex itself passes over something in the file"),
            new("W23", "a key is too new for the Codex of this machine"),
            new("I02", "which Codex is there, and what it lacks")),
        new(InstallationCheck.Find, new FindingKind("W16", "codex is not on the PATH")),
        new(LayerCheck.Find,
            new("W03", "another file holds over this one, or where this one says nothing: of the machine, its manager or the project"),
            new("W24", "a project's file sets what Codex passes over there"),
            new("I05", "a project's file is passed over, because its folder is not trusted")),
        new(ToolKindCheck.Find, new FindingKind("W10", "the server refuses kinds of tools that Codex sends")),
        new(ManagedFileCheck.Find, new FindingKind("W11", "Nix, chezmoi or stow looks after the file")),
        new(HomeVariableCheck.Find, new FindingKind("W12", "CODEX_HOME is set in this shell only")),
        new(ProfileAliasCheck.Find, new FindingKind("W25", "a shell's file chooses a profile that has no file")),
        new(ChatsCheck.Find,
            new("I01", "how many chats there are with each provider"),
            new("W26", "chats of a provider that the file has no more")),
        new(FullAutoCheck.Find, new FindingKind("W17", "a shell's file calls codex with --full-auto, which is gone")),
    ];

    /// <summary>All that can be found, by code.</summary>
    public static ImmutableArray<FindingKind> Kinds { get; } = [.. OfReading.Concat(All.SelectMany(c => c.Kinds)).OrderBy(k => k.Code, StringComparer.Ordinal)];

    /// <summary>What all checks find, the worst first.</summary>
    public static ImmutableArray<Finding> Examine(Examination examination) =>
        [.. All.SelectMany(check => check.Find(examination)).OrderBy(f => f.Severity).ThenBy(f => f.Position?.Line ?? int.MaxValue)];
}
