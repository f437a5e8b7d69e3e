// Movies in an order that is nobody's own: popular, latest, top rated; by genre and decade.
import { element, figure, count, date, say } from '../parts/element.js';
import { latest } from '../parts/server.js';
import { address, replaceQuery } from '../parts/route.js';
import { movieCard, cardGrid, emptyCards } from '../parts/movies.js';
import { choice, problemLine } from '../parts/problem.js';
import { genreOptions, decadeOptions } from '../parts/filters.js';

const PAGE = 24;
const ORDERS = {
  popular: { name: 'Popular', fact: (movie) => count(movie.ratings, 'rating') },
  latest: { name: 'Latest', fact: (movie) => (movie.year ? String(movie.year) : '') },
  rated: { name: 'Top rated', fact: (movie) => `${figure(movie.score)} of ${count(movie.ratings, 'rating')}` },
  trending: { name: 'Trending', fact: (movie) => `trend ${figure(movie.score, 2)}` },
  'first-rated': { name: 'New here', fact: (movie) => (movie.first_rating ? `since ${date(movie.first_rating)}` : '') },
};

class Browse {
  constructor(main, route) {
    this.asked = latest();
    this.orders = element('div', { class: 'segmented', role: 'group', 'aria-label': 'Order' });
    this.filters = element('div', { class: 'row' });
    this.grid = element('div', {}, emptyCards(PAGE));
    this.more = element('button', { type: 'button', class: 'primary', hidden: true, onclick: () => this.extend() }, 'Show more');
    main.append(element('h1', {}, 'Browse'), element('div', { class: 'row spread panel' }, this.orders, this.filters), this.grid, element('p', { class: 'centre' }, this.more));
    this.ready = this.update(route);
  }

  update(route) {
    this.query = { by: Object.hasOwn(ORDERS, route.query.by ?? '') ? route.query.by : 'popular', ...route.query };
    if (!this.shown) this.placeFilters([['', 'All']]);
    this.number = Math.min(Math.max(Number(route.query.show) || PAGE, PAGE), 40 * PAGE);
    this.showFilters();
    return this.load();
  }

  async showFilters() {
    this.orders.replaceChildren(...Object.entries(ORDERS).map(([by, order]) => element('a', {
      href: address(['browse'], { ...this.query, by, show: undefined }), 'aria-current': by === this.query.by ? 'true' : null,
    }, order.name)));
    if (this.filters.contains(document.activeElement)) return; // it has what was just chosen
    this.placeFilters(await genreOptions());
  }

  placeFilters(genres) {
    this.filters.replaceChildren(choice('Genre', 'genre', genres, this.query.genre, (genre) => this.set({ genre })),
      choice('Decade', 'decade', decadeOptions(), this.query.decade, (decade) => this.set({ decade })));
  }

  set(query) {
    location.hash = address(['browse'], { ...this.query, ...query, show: undefined });
  }

  async load() {
    const { by, genre, decade } = this.query;
    this.grid.setAttribute('aria-busy', 'true');
    try {
      const answer = await this.asked('/top', { query: { by, genre, decade, top_k: this.number } });
      this.show(answer.top);
    } catch (error) {
      if (error.name === 'AbortError') return;
      this.grid.replaceChildren(problemLine(error));
    }
    this.grid.removeAttribute('aria-busy');
  }

  // Cards that are there already stay: more of them do not move the ones above.
  show(movies) {
    const facts = ORDERS[this.query.by].fact;
    const key = movies.map((movie) => movie.movie);
    const same = this.shown && this.shown.every((movie, i) => movie === key[i]);
    if (same) this.grid.firstChild.append(...movies.slice(this.shown.length).map((movie) => movieCard(movie, facts(movie))));
    else this.grid.replaceChildren(movies.length ? cardGrid(movies.map((movie) => movieCard(movie, facts(movie)))) : element('p', { class: 'note' }, 'No movie is of this genre and decade.'));
    this.shown = movies.length ? key : null;
    this.more.hidden = movies.length < this.number || this.number >= 40 * PAGE;
    say(count(movies.length, 'movie'));
  }

  async extend() {
    const from = this.number;
    this.number += PAGE;
    this.query.show = this.number;
    replaceQuery(this.query);
    await this.load();
    this.grid.firstChild?.children[from]?.querySelector('a')?.focus({ preventScroll: true });
  }

  close() {
    this.asked.end();
  }
}

export const open = (main, route) => new Browse(main, route);
