// The place in the page, as its address has it after #: a path and a query. #/movie/1?by=content is
// {path: ['movie', '1'], query: {by: 'content'}}.

export function readRoute() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const decoded = path.split('/').filter(Boolean).map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return { path: decoded, query: Object.fromEntries(new URLSearchParams(query ?? '')) };
}

export function address(path, query = {}) {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') text.set(name, String(value));
  }
  const list = text.toString();
  return `#/${path.map(encodeURIComponent).join('/')}${list ? `?${list}` : ''}`;
}

// Changes the query of the address without a new entry in the history: sliders would fill it.
export function replaceQuery(query) {
  const { path } = readRoute();
  history.replaceState(history.state, '', address(path, query));
}

export function go(path, query) {
  location.hash = address(path, query);
}
