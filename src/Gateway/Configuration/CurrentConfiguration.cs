namespace Codex.Gateway.Configuration;

/// <summary>The configuration in force, with the file it was read from.</summary>
public sealed class CurrentConfiguration(Configured configured, ConfigurationFileRead file)
{
    private Configured _configured = configured;

    /// <summary>Raised after every accepted change, on the thread that made it.</summary>
    public event Action<Configured>? Changed;

    public Configured Configured => Volatile.Read(ref _configured);

    internal ConfigurationFileRead File { get; private set; } = file;

    internal void Replace(Configured configured, ConfigurationFileRead file)
    {
        File = file;
        Volatile.Write(ref _configured, configured);
        Changed?.Invoke(configured);
    }
}
