// Lists for a user of the data, or for the visitor who rates a few movies; mixture, diversity and filters act at once.
import { element, figure, afterPause, freshId } from '../parts/element.js';
import { ask, latest, features, model } from '../parts/server.js';
import { replaceQuery } from '../parts/route.js';
import { movieSearch, userSearch } from '../parts/search.js';
import { Recommendations } from '../parts/recommendations.js';
import { ratingInput } from '../parts/rating.js';
import { myRatings, rateMovie, highestRating, clicked } from '../parts/mine.js';
import { movieLink, picture } from '../parts/movies.js';
import { choice, problemLine } from '../parts/problem.js';
import { genreOptions, decadeOptions } from '../parts/filters.js';

const PAUSE = 150; // milliseconds that a slider rests before the list is asked for
const STEP = 5; // of a slider's 100
const LIST = 20;
const REASONS = 5; // movies that a reason names

function slider(label, name, value, input) {
  const id = freshId(name);
  const shown = element('output', { for: id }, `${value} %`);
  const node = element('input', { id, name, type: 'range', min: 0, max: 100, step: STEP, value });
  node.addEventListener('input', () => {
    shown.textContent = `${node.value} %`;
    input();
  });
  return element('div', { class: 'slider' }, element('label', { for: id }, label), shown, node);
}

// What has a share, in the order of `mixture`: content, the model, popularity, and other models that are served with it.
function partsOf(models) {
  return ['content', models.length > 1 ? models[0] : 'model', 'popularity', ...models.slice(1)];
}

// The shares that are served, in steps of a slider: of all parts or of models alone; of several bands the last, for active users.
function servedShares(mixture, parts) {
  const shares = String(mixture ?? '').split(',').at(-1).split(':').at(-1).split('/').map(Number);
  const whole = shares.length === parts.length - 2 ? [0, shares[0], 0, ...shares.slice(1)] : shares;
  const sum = whole.reduce((a, b) => a + b, 0);
  return whole.length === parts.length && sum > 0 ? whole.map((share) => STEP * Math.round(100 * share / sum / STEP)) : parts.map((_, i) => (i === 1 ? 100 : 0));
}

class RecommendationsView {
  constructor(main, route) {
    this.query = { ...route.query };
    this.asked = latest();
    this.who = element('div', { class: 'who' });
    this.problem = element('div');
    this.form = element('form', { class: 'controls', onsubmit: (event) => event.preventDefault() });
    this.choices = element('details', { class: 'choices', open: matchMedia('(min-width: 46rem)').matches }, element('summary', {}, 'Mixture and filters'), this.form);
    this.list = new Recommendations((movie) => this.rating(movie));
    this.known = element('div', { class: 'reserve-list' });
    this.aside = element('aside', { class: 'panel side', 'aria-label': 'Known ratings', hidden: true }, this.known); // below the list on a phone: there when that is
    this.heading = element('h1', {}, 'Recommendations');
    main.append(this.heading, element('div', { class: 'columns' },
      element('section', { class: 'panel side', 'aria-label': 'Choices' }, this.who, this.choices),
      element('section', { class: 'grow', 'aria-label': 'List' }, this.problem, this.list.node),
      this.aside));
    this.list.node.addEventListener('click', (event) => this.opened(event));
    this.later = afterPause(PAUSE, () => this.changed());
    this.ready = this.begin();
  }

  async begin() {
    let served;
    [this.most, this.offers, this.own, served] = await Promise.all([highestRating(), features(), myRatings().catch(() => []), model()]);
    this.parts = partsOf(served?.mixture?.models ?? []);
    this.shares = servedShares(served?.mixture?.shares ?? served?.run?.options?.mixture, this.parts);
    this.showWho();
    await this.showControls();
    await this.load();
    this.aside.hidden = false;
  }

  update(route) {
    this.query = { ...route.query };
    this.showWho();
    this.showControls();
    this.load();
  }

  get self() {
    return this.query.user === undefined;
  }

  set(query) {
    this.query = { ...this.query, ...query };
    for (const [name, value] of Object.entries(this.query)) if (value === '' || value === null) delete this.query[name];
    replaceQuery(this.query);
    this.load();
  }

  showWho() {
    const kind = (text, on, act) => element('button', { type: 'button', 'aria-pressed': String(on), onclick: act }, text);
    const users = () => this.set({ user: this.query.user ?? this.lastUser ?? '1' });
    this.who.replaceChildren(element('div', { class: 'segmented', role: 'group', 'aria-label': 'For whom' },
      kind('Myself', this.self, () => { this.lastUser = this.query.user; this.set({ user: null }); this.showWho(); }),
      kind('A user', !this.self, () => { users(); this.showWho(); })),
    this.self ? movieSearch('Rate a movie', (movie) => this.add(movie))
      : userSearch(`User ${this.query.user}; another one, by id`, (user) => { this.set({ user: String(user.user) }); this.showWho(); }));
  }

  async showControls() {
    const mixture = (this.query.mixture ?? '').split('/').map(Number);
    const diversity = Math.round(100 * Number(this.query.diversity ?? 0));
    const sliders = this.offers.mixture === false ? null : element('fieldset', {}, element('legend', {}, 'Mixture'),
      this.parts.map((name, i) => slider(name[0].toUpperCase() + name.slice(1), name, mixture.length === this.parts.length ? mixture[i] : this.share(i), this.later)));
    this.form.replaceChildren(...[sliders,
      element('fieldset', {}, element('legend', {}, 'Variety'), slider('Diversity', 'diversity', diversity, this.later)),
      choice('Genre', 'genre', await genreOptions(), this.query.genre, (genre) => this.set({ genre })),
      choice('Decade', 'decade', decadeOptions(), this.query.decade, (decade) => this.set({ decade })),
      element('button', { type: 'button', class: 'quiet', onclick: () => this.reset() }, 'As the model was trained')].filter(Boolean));
  }

  share(i) {
    return this.shares[i];
  }

  reset() {
    this.set({ mixture: null, diversity: null, genre: null, decade: null });
    this.showControls();
  }

  // A slider moved.
  changed() {
    const value = (name) => Number(this.form.elements.namedItem(name)?.value ?? 0);
    const shares = this.parts.map(value);
    const sum = shares.reduce((a, b) => a + b, 0);
    const moved = this.offers.mixture !== false && sum > 0 && shares.some((share, i) => share !== this.share(i));
    this.set({ diversity: value('diversity') ? String(value('diversity') / 100) : null, mixture: moved ? shares.join('/') : null });
  }

  async load() {
    this.list.busy();
    this.heading.textContent = this.self ? 'Recommendations for you' : `Recommendations for user ${this.query.user}`;
    this.showKnown();
    if (this.self && this.own.length === 0) {
      this.asked.end();
      this.problem.replaceChildren();
      this.list.empty('Rate a movie or two, and the list is here.');
      return;
    }
    const { genre, decade, mixture, diversity } = this.query;
    const filters = { genre, mixture, diversity, year: decade ? `${decade}:${Number(decade) + 9}` : undefined };
    try {
      const wanted = { top_k: LIST, ...filters };
      const answer = await this.answer(wanted);
      this.problem.replaceChildren();
      if (answer.recommendations.length === 0) {
        this.list.empty('No movie is left by these choices.');
        return;
      }
      this.list.show(answer.recommendations);
      this.list.show((await this.answer({ ...wanted, explain: true, because: REASONS })).recommendations); // the list is there meanwhile
    } catch (error) {
      if (error.name === 'AbortError') return;
      this.problem.replaceChildren(problemLine(error));
      this.list.node.setAttribute('aria-busy', 'false');
    }
  }

  // A visitor whose ratings the server keeps is known by the session, any other one by the ratings of this window.
  answer(wanted) {
    if (!this.self) return this.asked('/recommend', { query: { user: this.query.user, ...wanted } });
    if (this.offers.ratings) return this.asked('/recommend', { query: wanted });
    return this.asked('/recommend/', { method: 'POST', body: { ratings: this.own.map(({ movie, rating }) => ({ movie, rating })), ...wanted } });
  }

  // A movie of the visitor's list is opened: the session adapts to it.
  opened(event) {
    const row = event.target.closest('a[data-movie]');
    if (row && this.self && this.offers.ratings) clicked(row.dataset.movie);
  }

  async showKnown() {
    if (this.self) {
      this.showOwn();
      return;
    }
    if (this.shownUser === this.query.user && this.known.querySelector('.of-user')) return;
    this.shownUser = this.query.user;
    try {
      const user = await ask(`/users/${encodeURIComponent(this.query.user)}`, { query: { top_k: 15 } });
      this.known.replaceChildren(element('h2', { class: 'of-user' }, `User ${user.user} rated`),
        element('ul', { class: 'ranked' }, user.ratings.slice(0, 15).map((movie) => element('li', {}, picture(movie, 32),
          element('span', { class: 'grow' }, movieLink(movie)), element('span', { class: 'number' }, figure(movie.rating))))));
    } catch {
      this.known.replaceChildren();
    }
  }

  // Made anew with each rating; the focus stays with the movie that has it.
  showOwn() {
    const row = document.activeElement?.closest?.('li');
    const movie = this.known.contains(row) ? row.querySelector('[data-movie]').dataset.movie : null;
    this.known.replaceChildren(element('h2', {}, 'Your ratings'), this.own.length === 0 ? element('p', { class: 'note' }, 'None yet.')
      : element('ul', { class: 'ranked' }, this.own.map((one) => element('li', {}, picture(one, 32), element('div', { class: 'grow' }, movieLink(one), this.rating(one))))));
    if (movie === null) return;
    const kept = this.known.querySelector(`[data-movie="${CSS.escape(movie)}"]`)?.closest('li') ?? this.known.querySelector('li');
    (kept?.querySelector('.rating input:checked') ?? kept?.querySelector('.rating input') ?? kept?.querySelector('a'))?.focus({ preventScroll: true });
  }

  rating(movie) {
    if (!this.self) return null;
    const value = this.own.find((one) => one.movie === movie.movie)?.rating;
    return ratingInput(movie, value, this.most, (rating) => this.rate(movie, rating));
  }

  add(movie) {
    if (!this.own.some((one) => one.movie === movie.movie)) this.rate(movie, this.most);
  }

  async rate(movie, rating) {
    try {
      await rateMovie(movie, rating);
      this.own = this.own.filter((one) => one.movie !== movie.movie);
      if (rating !== null) this.own.unshift({ ...movie, rating });
      await this.load();
    } catch (error) {
      this.problem.replaceChildren(problemLine(error));
    }
  }

  close() {
    this.asked.end();
  }
}

export const open = (main, route) => new RecommendationsView(main, route);
