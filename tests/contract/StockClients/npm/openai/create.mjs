// responses.create without streaming: the whole response and the text the package reads out of it.
import { client, model, print, prompt } from './client.mjs';

const response = await client.responses.create({ model, input: prompt, instructions: 'Be brief.' });
print({ response, output_text: response.output_text });
