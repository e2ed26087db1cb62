namespace Codex.Toml;

/// <summary>The grammar a text is held to.</summary>
public enum TomlVersion
{
    /// <summary>TOML 1.1: line breaks and a trailing comma in inline tables, <c>\e</c> and <c>\xHH</c>, times without seconds.</summary>
    V1_1,

    /// <summary>TOML 1.0.</summary>
    V1_0,
}
