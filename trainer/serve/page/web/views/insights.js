// What the model and the data are like: a map of the movies' rows, distributions, genres, segments.
import { element, figure, whole, date, count } from '../parts/element.js';
import { ask } from '../parts/server.js';
import { movieSearch } from '../parts/search.js';
import { PointMap, GROUPS } from '../parts/map.js';
import { movieLink, genresOf } from '../parts/movies.js';
import { histogram } from '../parts/chart.js';
import { problemLine } from '../parts/problem.js';

const LISTED = 15;

// Gives each point its group: the seven or eight most frequent first genres, and the others.
function grouped(points) {
  const tally = new Map();
  const first = points.map((point) => genresOf(point)[0] ?? '');
  for (const genre of first) if (genre) tally.set(genre, (tally.get(genre) ?? 0) + 1);
  const names = [...tally].sort((a, b) => b[1] - a[1]).slice(0, GROUPS - 1).map(([genre]) => genre);
  return { names, points: points.map((point, i) => ({ ...point, ratings: point.ratings ?? 0, group: names.includes(first[i]) ? names.indexOf(first[i]) : GROUPS - 1 })) };
}

class Insights {
  constructor(main) {
    this.map = element('div', { class: 'map-frame' });
    this.legend = element('div', { class: 'reserve-1' });
    this.seen = element('div', { class: 'reserve-list' });
    this.facts = element('div', { class: 'reserve-facts' });
    this.charts = element('div', { class: 'charts reserve-charts' });
    this.rest = element('div');
    this.tags = element('section', { class: 'panel', hidden: true }, element('h2', {}, 'Tags'));
    main.append(element('h1', {}, 'Insights'),
      element('section', { class: 'panel' }, element('div', { class: 'row spread' }, element('h2', {}, 'Map of movies'),
        movieSearch('Find on the map', (movie) => this.find(movie))),
      element('p', { class: 'note' }, 'Movies near each other have similar rows: the same users like them. A larger dot has more ratings.'),
      this.legend, this.map, this.seen),
      element('section', { class: 'panel' }, element('h2', {}, 'The data'), this.facts, this.charts, this.rest), this.tags, this.quality());
    this.ready = Promise.all([this.loadMap(), this.loadStats(), this.loadTags()]);
  }

  async loadMap() {
    try {
      const { names, points } = grouped((await ask('/map')).points);
      this.plot = new PointMap(points, { viewed: (list) => this.list(list), chosen: (point) => this.find(point) });
      const zoom = (text, label, act) => element('button', { type: 'button', 'aria-label': label, onclick: act }, text);
      this.map.append(this.plot.canvas, element('div', { class: 'map-buttons' },
        zoom('+', 'Zoom in', () => this.plot.zoomAt(1.6)), zoom('−', 'Zoom out', () => this.plot.zoomAt(1 / 1.6)), zoom('All', 'Show all movies', () => this.plot.all())));
      this.legend.replaceChildren(element('ul', { class: 'legend' }, [...names, 'Others'].map((name, i) => element('li', {},
        element('i', { class: `key group-${name === 'Others' ? GROUPS - 1 : i}` }), name))));
    } catch (error) {
      this.map.replaceChildren(problemLine(error));
    }
  }

  find(movie) {
    if (this.plot?.show(movie.movie) === false) this.seen.prepend(element('p', { class: 'problem', role: 'alert' }, 'This movie has no place on the map.'));
  }

  list(points) {
    const { marked } = this.plot;
    const rest = points.filter((point) => point !== marked).slice(0, LISTED);
    const item = (point) => element('li', {}, movieLink(point), element('small', {}, ` ${count(point.ratings, 'rating')}`));
    this.seen.replaceChildren(element('h3', {}, `${count(points.length, 'movie')} in view${points.length > LISTED ? ', those with most ratings' : ''}`),
      element('ul', { class: 'in-view' }, (marked ? [marked, ...rest] : rest).map(item)));
  }

  async loadStats() {
    try {
      this.showStats(await ask('/stats'));
    } catch (error) {
      this.facts.replaceChildren(problemLine(error));
    }
  }

  showStats(stats) {
    const fact = (name, value) => element('div', {}, element('dt', {}, name), element('dd', {}, value));
    this.facts.replaceChildren(element('dl', { class: 'facts' }, fact('Users', whole(stats.users)), fact('Movies', whole(stats.movies)),
      fact('Ratings', whole(stats.ratings)), fact('Density', `${figure(100 * stats.density)} %`), fact('Mean rating', figure(stats.mean)),
      fact('Gini of activity', figure(stats.activity.gini)), fact('Gini of popularity', figure(stats.popularity.gini))));
    const charts = { activity: ['Ratings of a user', 'ratings from', 'users'], popularity: ['Ratings of a movie', 'ratings from', 'movies'],
      values: ['Values of ratings', 'value', 'ratings'], times: ['Times of ratings', 'from', 'ratings'] };
    this.charts.replaceChildren(...Object.entries(charts).filter(([name]) => stats.histograms[name]?.length)
      .map(([name, [title, what, number]]) => histogram(title, stats.histograms[name], { what, count: number, name: name === 'times' ? (t) => date(t).slice(0, 7) : figure })));
    this.rest.replaceChildren(...[this.genres(stats.genres)].flat().filter(Boolean));
  }

  genres(genres) {
    if (!genres?.length) return null;
    return this.table('Genres', ['Genre', 'Movies', 'Ratings', 'Mean'], genres.map((one) => [one.genre ?? one.name, whole(one.movies), whole(one.ratings), figure(one.mean)]));
  }

  // Tags that are given most, and pairs that are on the same movies more often than chance would have it.
  async loadTags() {
    try {
      const { tags } = await ask('/insights');
      if (!tags?.most?.length) return;
      this.tags.hidden = false;
      this.tags.append(element('p', { class: 'note' }, `${whole(tags.given)} tags were given to ${count(tags.movies, 'movie')}, ${whole(tags.different)} of them different.`),
        element('div', { class: 'halves' },
          element('div', {}, this.table('Given most', ['Tag', 'Times', 'Movies'], tags.most.map((one) => [one.tag, whole(one.times), whole(one.movies)]))),
          tags.pairs?.length ? element('div', {}, this.table('Given together', ['Tags', 'Movies', 'Lift'], tags.pairs.map((one) => [`${one.a}, ${one.b}`, whole(one.together), figure(one.lift)]))) : null));
    } catch (error) {
      if (error.status !== 404) this.tags.append(problemLine(error));
    }
  }

  // Evaluated when it is asked for: it takes the server a moment.
  quality() {
    const shown = element('div', {}, element('p', { class: 'note' }, 'Lists are being evaluated …'));
    const details = element('details', {}, element('summary', {}, 'How good the lists are, by segment of users and movies'), shown);
    details.addEventListener('toggle', async () => {
      if (!details.open) return;
      try {
        shown.replaceChildren(...this.segments(await ask('/evaluation')));
      } catch (error) {
        shown.replaceChildren(problemLine(error));
      }
    });
    return element('section', { class: 'panel' }, details);
  }

  segments(evaluation) {
    const figures = ['recall@10', 'recall@20', 'ndcg@20'];
    const cell = (of, name) => {
      const interval = of.intervals?.[name];
      return `${figure(of[name])}${interval ? ` (${figure(interval[0])} to ${figure(interval[1])})` : ''}`;
    };
    const rows = Object.entries({ all: evaluation, ...evaluation.segments })
      .map(([name, of]) => [name, whole(of.users ?? 0), ...figures.map((one) => cell(of, one))]);
    return [element('p', { class: 'note' }, `On the ${evaluation.split} part, of a sample of users; in brackets 95 % intervals.`),
      ...this.table('Segments', ['Segment', 'Users', ...figures], rows)];
  }

  table(title, heads, rows) {
    return [element('h3', {}, title), element('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': title }, element('table', {},
      element('thead', {}, element('tr', {}, heads.map((head) => element('th', { scope: 'col' }, head)))),
      element('tbody', {}, rows.map((row) => element('tr', {}, row.map((cell, i) => element('td', { class: i ? 'number' : null }, cell)))))))];
  }

  close() {
    this.plot?.close();
  }
}

export const open = (main) => new Insights(main);
