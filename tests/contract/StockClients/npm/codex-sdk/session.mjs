// Drives the program named by CODEX with the TypeScript SDK of Codex and prints what a user of the SDK sees, as one JSON document.
import { Codex } from '@openai/codex-sdk';

const { CODEX, WORK, IMAGE } = process.env;
const codex = new Codex({ codexPathOverride: CODEX });
const options = { workingDirectory: WORK, skipGitRepoCheck: true, sandboxMode: 'danger-full-access', approvalPolicy: 'never' };
const seen = {};

const thread = codex.startThread(options);
const first = await thread.run('First question.');
seen.run = { answer: first.finalResponse, items: first.items.map((item) => item.type), usage: first.usage, id: thread.id };

const { events } = await thread.runStreamed('Second question.');
seen.streamed = [];
for await (const event of events) seen.streamed.push(event.item ? `${event.type} ${event.item.type}` : event.type);

const schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'], additionalProperties: false };
seen.schema = JSON.parse((await thread.run('Name it.', { outputSchema: schema })).finalResponse);

const pictured = await codex.startThread(options).run([{ type: 'text', text: 'What colour?' }, { type: 'local_image', path: IMAGE }]);
seen.image = pictured.finalResponse;

const resumed = codex.resumeThread(thread.id, options);
seen.resumed = { answer: (await resumed.run('Go on.')).finalResponse, id: resumed.id };

seen.failure = await codex.startThread(options).run('Fail.').then(() => null, (error) => error.message);

const controller = new AbortController();
const aborted = await codex.startThread(options).runStreamed('Wait.', { signal: controller.signal });
seen.aborted = [];
try {
  for await (const event of aborted.events) {
    seen.aborted.push(event.type);
    if (event.type === 'turn.started') controller.abort();
  }
  seen.abortedBy = null;
} catch (error) {
  seen.abortedBy = error.name;
}

process.stdout.write(JSON.stringify(seen));
