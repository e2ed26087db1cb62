// A tool loop as the documentation of the package shows it: streamed turns, calls answered, history grown.
import { client, model, print, prompt } from './client.mjs';

const tools = [
  {
    type: 'function',
    name: 'add',
    description: 'Adds two numbers.',
    strict: true,
    parameters: {
      type: 'object',
      properties: { a: { type: 'number' }, b: { type: 'number' } },
      required: ['a', 'b'],
      additionalProperties: false,
    },
  },
];

const maxTurns = 6;
const input = [{ role: 'user', content: prompt }];
const calls = [];
let turns = 0;
let response;
do {
  response = await client.responses.stream({ model, input, tools }).finalResponse();
  turns += 1;
  input.push(...response.output);
  for (const item of response.output.filter((output) => output.type === 'function_call')) {
    const { a, b } = JSON.parse(item.arguments);
    const output = String(a + b);
    calls.push({ call_id: item.call_id, name: item.name, arguments: item.arguments, output });
    input.push({ type: 'function_call_output', call_id: item.call_id, output });
  }
} while (response.output.some((output) => output.type === 'function_call') && turns < maxTurns);

print({ turns, calls, output_text: response.output_text, status: response.status });
