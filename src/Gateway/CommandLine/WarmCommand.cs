using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Codex.Gateway.Configuration;
using Codex.Gateway.Warmth;
using Codex.Translation;
using Spectre.Console;

namespace Codex.Gateway.CommandLine;

/// <summary>Asks the running gateway to load a model, and shows how it goes.</summary>
internal static class WarmCommand
{
    public static Command Create(GatewayFlags flags)
    {
        var model = new Argument<string>("model") { Description = "Name of the model, as clients use it." };
        var command = new Command("warm", "Load a model now, through the gateway that runs.") { model };
        flags.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            if (await StartConfiguration.ReadAsync(flags.Source(parsed), error, cancellation) is not var (_, current))
                return ExitCodes.Refused;
            return await WarmAsync(current.Configured, parsed.GetValue(model)!, output, error, cancellation);
        });
        return command;
    }

    private static async Task<int> WarmAsync(Configured configured, string model, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var address = GatewayConnection.AddressOf(configured);
        using var client = GatewayConnection.Open(configured);
        using var request = new HttpRequestMessage(HttpMethod.Post, WarmEndpoint.Path) { Content = Body(model) };
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.IsSuccessStatusCode)
                return await FollowAsync(response, output, error, cancellation);
            await error.WriteLineAsync($"codex-gateway: {Words(await response.Content.ReadAsStringAsync(cancellation)) ?? $"what answers at {address} is no codex-gateway"}");
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            await error.WriteLineAsync($"codex-gateway: what answers at {address} shows another certificate than the configuration names in Tls, or speaks no TLS");
        }
        catch (HttpRequestException)
        {
            await error.WriteLineAsync($"codex-gateway: no gateway answers at {address}; start one with codex-gateway serve, or name its address with --urls");
        }
        catch (IOException)
        {
            await error.WriteLineAsync($"codex-gateway: the gateway at {address} ended before {model} was loaded");
        }

        return ExitCodes.Refused;
    }

    private static ByteArrayContent Body(string model)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("model"u8, model);
            writer.WriteEndObject();
        }

        return new ByteArrayContent(buffer.WrittenSpan.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }

    private static async Task<int> FollowAsync(HttpResponseMessage response, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        var isTerminal = console.Profile.Out.IsTerminal;
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        var width = 0;
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            using var document = JsonDocument.Parse(line);
            var state = document.RootElement;
            var name = $"{state.GetProperty("model").GetString()} of {state.GetProperty("provider").GetString()}";
            var seconds = state.GetProperty("seconds").GetDouble().ToString("0", CultureInfo.InvariantCulture);
            switch (state.GetProperty("state").GetString())
            {
                case "warm":
                    Show($"{name} is loaded, after {seconds} s");
                    await output.WriteLineAsync();
                    return ExitCodes.Done;
                case "failed":
                    Show("");
                    await error.WriteLineAsync($"codex-gateway: {state.GetProperty("reason").GetString()}");
                    return ExitCodes.Refused;
                default:
                    if (isTerminal)
                        Show($"Loading {name}: {seconds} s");
                    break;
            }
        }

        throw new IOException("The answer ended early.");

        void Show(string text)
        {
            // One line for all of it, where lines can be written over.
            output.Write(isTerminal ? "\r" + text.PadRight(width) + (text.Length == 0 ? "\r" : "") : text);
            output.Flush();
            width = text.Length;
        }
    }

    private static string? Words(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.GetProperty("error").GetProperty("message").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
