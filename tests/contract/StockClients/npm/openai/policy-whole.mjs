// responses.create without streaming: the answer's text, or the error as a caller sees it.
import { client, model, print, prompt, seen } from './client.mjs';

try {
  const response = await client.responses.create({ model, input: prompt });
  print({ status: response.status, text: response.output_text, reason: response.incomplete_details?.reason ?? null });
} catch (error) {
  print({ error: seen(error) });
}
