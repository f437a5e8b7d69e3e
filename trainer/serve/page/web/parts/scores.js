// A score as a bar of its parts, and the reasons of a recommendation.
import { element, figure, count } from './element.js';
import { movieLink, genresOf } from './movies.js';

const NAMES = {
  collaborative: ['Movies rated', 'what the movies that the user rated give to the model’s score'],
  own: ['Own row', 'what the model knows of the user beside them'],
  content: ['Content', 'words of titles and genres'],
  tags: ['Tags', 'tags in common'],
  popularity: ['Popularity', 'how many rated it'],
  rating: ['Ratings', 'its mean rating, weighted by how many there are'],
  mean: ['Mean', 'the mean of all ratings'],
  user_bias: ['User', 'how the user’s ratings differ from the mean'],
  movie_bias: ['Movie', 'how the movie’s ratings differ from the mean'],
  remainder: ['Remainder', 'what the equations of the model leave open'],
  offset: ['Offset', 'what makes the lowest score of any movie 0'],
  clip: ['Clip', 'what a rating outside the scale is cut by'],
  rounding: ['Rounding', 'of single precision'],
};

// A part of one of several models has the model's name before its own: ease.collaborative.
const own = (part) => part.split('.').at(-1);
const named = (part) => NAMES[own(part)];
const of = (part) => (part.includes('.') ? ` (${part.split('.')[0]})` : '');

export const partName = (part) => (named(part)?.[0] ?? own(part)) + of(part);

// A bar whose pieces are as wide as the parts of a score are large; those below 0 are hatched.
export function partsBar(parts) {
  const entries = Object.entries(parts).filter(([, value]) => value !== 0);
  const sum = entries.reduce((total, [, value]) => total + Math.abs(value), 0) || 1;
  const words = entries.map(([part, value]) => `${partName(part)} ${figure(value)}`).join(', ');
  return element('div', { class: 'parts', role: 'img', 'aria-label': words, title: words },
    entries.map(([part, value]) => element('span', {
      class: `part part-${own(part)}${value < 0 ? ' below' : ''}`, style: { 'flex-grow': String(Math.abs(value) / sum) },
    })));
}

// What the colours mean, of the parts that a list has.
export function partsLegend(lists) {
  const present = Object.keys(NAMES).filter((part) => lists.some((one) => Object.entries(one.parts ?? {}).some(([name, value]) => value && own(name) === part)));
  return element('ul', { class: 'legend' }, present.map((part) => element('li', { title: NAMES[part][1] },
    element('i', { class: `key part-${part}` }), partName(part))));
}

function because(reason) {
  const common = [genresOf({ genres: String(reason.genres ?? '').replaceAll(', ', '|') }).join(', '), reason.tags].filter(Boolean).join(' · ');
  return element('li', {}, movieLink(reason), reason.rating === undefined ? null : ` · rated ${figure(reason.rating)}`,
    common ? element('small', {}, ` both: ${common}`) : null);
}

// The reasons as text: parts in numbers, movies that give most, paths of the graph.
export function reasons(movie, most = 5) {
  const shares = (movie.because ?? []).slice(0, most);
  const { paths } = movie;
  return element('div', { class: 'reasons' },
    movie.parts ? element('dl', { class: 'facts' }, Object.entries(movie.parts).map(([part, value]) => element('div', {},
      element('dt', { title: named(part)?.[1] ?? null }, partName(part)), element('dd', {}, figure(value))))) : null,
    shares.length ? element('p', {}, 'Because of') : null,
    shares.length ? element('ul', {}, shares.map(because)) : null,
    paths?.count ? element('p', { class: 'note' }, `${count(paths.count, 'path')} of the graph lead here, by ${count(paths.users, 'user')} with movies in common.`) : null);
}
