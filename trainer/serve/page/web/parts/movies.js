// Movies in lists: pictures, links, genres. Heights are reserved, so that nothing moves while pictures come.
import { element, figure } from './element.js';
import { address } from './route.js';

export const titleOf = (movie) => movie.title || `Movie ${movie.movie}`;
export const genresOf = (movie) => (Array.isArray(movie.genres) ? movie.genres : String(movie.genres ?? '').split('|')).filter((genre) => genre && genre !== '(no genres listed)');
export const movieAddress = (movie) => address(['movie', String(movie.movie ?? movie)]);

// A poster, or the placeholder that the server draws. It says nothing that the title beside it does not.
export function picture(movie, width = 48) {
  return element('img', {
    class: 'poster', src: `/movies/${encodeURIComponent(movie.movie)}/picture${movie.picture?.created ? `?v=${encodeURIComponent(movie.picture.created)}` : ''}`, alt: '', loading: 'lazy', decoding: 'async',
    width, height: Math.round(width * 1.5),
  });
}

export function movieLink(movie) {
  return element('a', { href: movieAddress(movie), 'data-movie': movie.movie }, titleOf(movie));
}

export function genreLinks(movie) {
  const genres = genresOf(movie);
  if (genres.length === 0) return null;
  return element('p', { class: 'genres' }, genres.map((genre) => element('a', { href: address(['browse'], { genre }) }, genre)));
}

// A card of a grid: picture, title, a line of facts.
export function movieCard(movie, fact) {
  return element('li', { class: 'card' },
    element('a', { href: movieAddress(movie) }, picture(movie, 120), element('span', { class: 'card-title' }, titleOf(movie))),
    fact ? element('small', {}, fact) : null);
}

// Cards in a grid that fills in one step, with empty ones of the same size until then.
export function cardGrid(cards) {
  return element('ul', { class: 'cards' }, cards);
}

export const emptyCards = (number) => cardGrid(Array.from({ length: number }, () => element('li', { class: 'card empty', 'aria-hidden': 'true' })));

// A list of movies with a number each: [{movie, title, score}].
export function rankedMovies(movies, digits = 3) {
  return element('ol', { class: 'ranked' }, movies.map((movie) => element('li', {},
    picture(movie, 32), element('span', { class: 'grow' }, movieLink(movie)),
    element('span', { class: 'number' }, figure(movie.score, digits)))));
}
