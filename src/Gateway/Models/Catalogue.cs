namespace Codex.Gateway.Models;

/// <summary>The answer to <c>GET /v1/models</c>, also the content of a file for <c>model_catalog_json</c>.</summary>
/// <param name="Models">The part of it that only Codex reads, the value of <c>models</c>.</param>
/// <param name="ETag">Quoted, as the header has it; the same for the same bytes, in every run of the program.</param>
public sealed record Catalogue(ReadOnlyMemory<byte> Json, ReadOnlyMemory<byte> Models, string ETag);
