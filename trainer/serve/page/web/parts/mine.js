// The visitor's own ratings. The server keeps them in the visitor's session; where it keeps none (--read-only), this
// window does, for as long as it is open.
import { ask, features } from './server.js';

const MARK = 'halorec-ratings';

function kept() {
  try {
    const list = JSON.parse(sessionStorage.getItem(MARK) ?? '[]');
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

const stored = async () => Boolean((await features()).ratings);

let sent = Promise.resolve();

// Changes of ratings go one after the other, as they were made.
function inOrder(change) {
  const done = sent.then(change);
  sent = done.catch(() => null);
  return done;
}

// Waits for the changes that are on their way.
export const ratingsSent = () => sent;

// [{movie, title, rating}], the latest first.
export async function myRatings() {
  await sent;
  return (await stored()) ? (await ask('/ratings')).ratings : kept();
}

async function rate(movie, rating) {
  if (await stored()) {
    const path = `/ratings/${encodeURIComponent(movie.movie)}`;
    if (rating === null) await ask(path, { method: 'DELETE', keepalive: true });
    else await ask(path, { method: 'PUT', body: { rating }, keepalive: true });
    return;
  }
  const others = kept().filter((one) => one.movie !== movie.movie);
  if (rating !== null) others.unshift({ movie: movie.movie, title: movie.title, rating });
  sessionStorage.setItem(MARK, JSON.stringify(others));
}

// Gives a movie a rating, or takes it back where that is null; also while the page is left.
export const rateMovie = (movie, rating) => inOrder(() => rate(movie, rating));

// A movie was opened from a list; nobody waits for the answer.
export function clicked(movie) {
  const number = Number(movie);
  ask('/clicks', { method: 'POST', body: { movie: Number.isSafeInteger(number) && String(number) === movie ? number : movie } }).catch(() => null);
}

// Takes back all of them.
export const forgetRatings = () => inOrder(async () => {
  if (await stored()) await ask('/ratings', { method: 'DELETE' });
  else sessionStorage.removeItem(MARK);
});

let most = null;

// The highest rating of the data, which is that of the widget too.
export function highestRating() {
  most ??= ask('/stats').then((stats) => stats.values?.maximum ?? 5, () => 5);
  return most;
}
