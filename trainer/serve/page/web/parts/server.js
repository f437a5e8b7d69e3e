// Requests to the server that the page came from. Its errors are problem documents (RFC 9457).

export class Problem extends Error {
  constructor(status, document) {
    super(document.detail ?? document.title ?? `The server answered ${status}.`);
    this.status = status;
    this.field = document.field ?? null;
    this.retry = document.retry ?? null;
  }
}

function pathWith(path, query) {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '' && value !== false) text.set(name, String(value));
  }
  const list = text.toString();
  return list ? `${path}?${list}` : path;
}

async function documentOf(answer) {
  const type = answer.headers.get('Content-Type') ?? '';
  if (!/\bjson\b/.test(type)) return null;
  try {
    return await answer.json();
  } catch {
    return null;
  }
}

// ask('/similar', {query: {movie: 1}}) gives the JSON; throws a Problem, or an AbortError where `signal` ended it. `heard` is
// given the answer, of which it may read headers.
export async function ask(path, { query, method = 'GET', body, type, signal, keepalive, heard } = {}) {
  const headers = { Accept: 'application/json' };
  if (method !== 'GET') headers['X-Requested-With'] = 'halorec';
  if (body !== undefined) headers['Content-Type'] = type ?? 'application/json';
  const sent = body === undefined || type ? body : JSON.stringify(body);
  let answer;
  try {
    answer = await fetch(pathWith(path, query), { method, headers, body: sent, signal, keepalive });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Problem(0, { detail: 'The server does not answer. Is halorec serve still running?' });
  }
  heard?.(answer);
  const found = await documentOf(answer);
  if (!answer.ok) throw new Problem(answer.status, found ?? {});
  return found;
}

// Requests of which only the latest counts: a new one ends the one before.
export function latest() {
  let controller = null;
  const request = (path, options = {}) => {
    controller?.abort();
    controller = new AbortController();
    return ask(path, { ...options, signal: controller.signal });
  };
  request.end = () => controller?.abort();
  return request;
}

let described = null;

// What info --json says of the model; asked once. null where it cannot be had.
export function model() {
  described ??= ask('/model').catch(() => null);
  return described;
}

let asked = null;

// What this server offers: {accounts, ratings, training, …}; asked once.
export function features() {
  asked ??= ask('/page/offers').catch(() => ({}));
  return asked;
}
