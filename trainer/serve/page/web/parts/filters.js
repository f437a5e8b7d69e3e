// Genres and decades to choose from.
import { ask } from './server.js';

let genres = null;

// [value, text] of the genres of the data, the most frequent first.
export async function genreOptions() {
  genres ??= ask('/stats').then((stats) => stats.genres ?? [], () => []);
  const names = (await genres).map((genre) => genre.genre ?? genre.name ?? genre[0] ?? genre);
  return [['', 'All'], ...names.filter((name) => name !== '(no genres listed)').map((name) => [name, name])];
}

export function decadeOptions() {
  const options = [['', 'All']];
  for (let year = 10 * Math.floor(new Date().getFullYear() / 10); year >= 1900; year -= 10) options.push([String(year), `${year} to ${year + 9}`]);
  return options;
}
