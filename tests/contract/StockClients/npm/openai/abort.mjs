// A caller that loses interest: aborts at the first text delta and says what it saw.
import { client, model, print, prompt } from './client.mjs';

const controller = new AbortController();
let deltas = 0;
let error = null;
try {
  const events = await client.responses.create(
    { model, input: prompt, stream: true },
    { signal: controller.signal },
  );
  for await (const event of events) {
    if (event.type !== 'response.output_text.delta') continue;
    deltas += 1;
    controller.abort();
  }
} catch (caught) {
  error = caught.constructor.name;
}
print({ deltas, aborted: controller.signal.aborted, error });
