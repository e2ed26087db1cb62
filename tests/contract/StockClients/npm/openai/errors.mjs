// How a failure looks to a caller, without streaming and with it.
import { client, model, print, prompt, seen } from './client.mjs';

const attempt = async (call) => {
  try {
    await call();
    return null;
  } catch (error) {
    return seen(error);
  }
};

print({
  create: await attempt(() => client.responses.create({ model, input: prompt })),
  iterate: await attempt(async () => {
    const events = await client.responses.create({ model, input: prompt, stream: true });
    for await (const event of events) {
      if (event.type === 'response.failed') {
        const { code, message } = event.response.error;
        throw Object.assign(new Error(message), { code });
      }
    }
  }),
  stream: await attempt(() => client.responses.stream({ model, input: prompt }).finalResponse()),
});
