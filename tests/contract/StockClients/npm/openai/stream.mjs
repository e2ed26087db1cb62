// responses.stream: every event as it came, and what the package's accumulator made of them.
import { client, model, print, prompt } from './client.mjs';

const events = [];
const stream = client.responses.stream({ model, input: prompt });
stream.on('event', (event) => events.push(event));
const final = await stream.finalResponse();

print({
  types: events.map((event) => event.type),
  sequence_numbers: events.map((event) => event.sequence_number),
  text: events
    .filter((event) => event.type === 'response.output_text.delta')
    .map((event) => event.delta)
    .join(''),
  final,
  output_text: final.output_text,
});
