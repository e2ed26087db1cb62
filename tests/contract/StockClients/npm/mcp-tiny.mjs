// A minimal MCP server over stdio (one JSON-RPC message a line): two tools, no packages.
import { createInterface } from 'node:readline';

// A 1x1 red PNG.
const redPixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

const tools = [
  {
    name: 'add',
    description: 'Adds two numbers.',
    inputSchema: {
      type: 'object',
      properties: { a: { type: 'number' }, b: { type: 'number' } },
      required: ['a', 'b'],
      additionalProperties: false,
    },
  },
  {
    name: 'picture',
    description: 'Returns a picture of one red pixel.',
    inputSchema: { type: 'object', properties: {}, additionalProperties: false },
  },
];

const methods = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'tiny', version: '1.0.0' },
  }),
  ping: () => ({}),
  'tools/list': () => ({ tools }),
  'tools/call': ({ name, arguments: args }) => {
    switch (name) {
      case 'add':
        return { content: [{ type: 'text', text: String(args.a + args.b) }] };
      case 'picture':
        return { content: [{ type: 'image', data: redPixel, mimeType: 'image/png' }] };
      default:
        return { content: [{ type: 'text', text: `no tool ${name}` }], isError: true };
    }
  },
};

const write = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const answer = methods[method];
  if (answer) write({ id, result: answer(params ?? {}) });
  else write({ id, error: { code: -32601, message: `no method ${method}` } });
});
