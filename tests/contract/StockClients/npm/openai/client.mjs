// What every script shares: the client as a person would make it, and one JSON document on stdout.
import OpenAI from 'openai';

export const model = process.env.MODEL;
export const prompt = process.env.PROMPT ?? 'Say hello.';

export const client = new OpenAI({
  baseURL: process.env.BASE_URL,
  apiKey: process.env.OPENAI_API_KEY,
  maxRetries: Number(process.env.MAX_RETRIES ?? 0),
});

export const print = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

/** What a caller can see of an error of this package. */
export const seen = (error) => ({
  class: error.constructor.name,
  status: error.status ?? null,
  code: error.code ?? null,
  param: error.param ?? null,
  type: error.type ?? null,
  message: error.message,
  retryAfter: error.headers?.get?.('retry-after') ?? null,
});
