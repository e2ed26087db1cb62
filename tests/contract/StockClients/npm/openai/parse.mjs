// responses.parse with a zod schema: the schema the package derives goes out, a checked object comes back.
import { zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { client, model, print, prompt } from './client.mjs';

const Event = z.object({ name: z.string(), participants: z.array(z.string()) });
const response = await client.responses.parse({
  model,
  input: prompt,
  text: { format: zodTextFormat(Event, 'event') },
});
print({ parsed: response.output_parsed, output_text: response.output_text });
