// responses.create with streaming: what was said, how it ended, or the error as a caller sees it.
import { client, model, print, prompt, seen } from './client.mjs';

let text = '';
let waited = 0;
const endings = [];
try {
  for await (const event of await client.responses.create({ model, input: prompt, stream: true })) {
    if (event.type === 'response.output_text.delta') text += event.delta;
    if (event.type === 'response.in_progress') waited++;
    if (['response.completed', 'response.incomplete', 'response.failed'].includes(event.type)) {
      const { error, incomplete_details: details } = event.response;
      endings.push({ type: event.type, code: error?.code ?? null, message: error?.message ?? null, reason: details?.reason ?? null });
    }
  }
  print({ text, kept_waiting: waited > 1, endings });
} catch (error) {
  print({ text, kept_waiting: waited > 1, endings, error: seen(error) });
}
