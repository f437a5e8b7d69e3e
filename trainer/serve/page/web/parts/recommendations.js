// A list of recommendations that is kept while it changes: a movie that stays keeps its element, and its reasons stay open.
import { element, figure, say, count } from './element.js';
import { picture, movieLink, genreLinks, titleOf } from './movies.js';
import { partsBar, partsLegend, reasons } from './scores.js';

function row(movie, rate) {
  const why = element('details', { class: 'why' }, element('summary', {}, 'Why', element('span', { class: 'hidden' }, ` ${titleOf(movie)}`)));
  const bar = element('div', { class: 'bar-line' });
  const score = element('span', { class: 'score' });
  const node = element('li', { class: 'recommendation' }, picture(movie, 64),
    element('div', { class: 'grow' }, element('div', { class: 'title-line' }, element('h3', { class: 'grow' }, movieLink(movie)), score),
      genreLinks(movie), bar, element('div', { class: 'row spread' }, why, rate ? rate(movie) : null)));
  let now = movie;
  why.addEventListener('toggle', () => {
    if (why.open && !why.querySelector('.reasons')) why.append(reasons(now));
  });
  const show = (next) => {
    if (next.score === now.score && !next.parts && now.parts) return; // its reasons are there already
    now = next;
    score.textContent = figure(next.score);
    if (next.parts) bar.replaceChildren(partsBar(next.parts));
    const old = why.querySelector('.reasons');
    if (old && next.parts) old.replaceWith(reasons(next));
  };
  show(movie);
  return { node, show };
}

export class Recommendations {
  // `rate(movie)`: an element beside a movie's reasons, or null.
  constructor(rate) {
    this.rate = rate;
    this.rows = new Map();
    this.legend = element('div', { class: 'reserve-1' });
    this.list = element('ol', { class: 'recommendations' });
    this.node = element('div', { class: 'recommendation-list', 'aria-busy': 'true' }, this.legend, this.list);
    this.wait(10);
  }

  // Rows of the usual height until there is a first list.
  wait(rows) {
    this.list.replaceChildren(...Array.from({ length: rows }, () => element('li', { class: 'recommendation empty', 'aria-hidden': 'true' })));
  }

  busy() {
    this.node.setAttribute('aria-busy', 'true');
  }

  show(movies) {
    const rows = new Map();
    for (const movie of movies) {
      const known = this.rows.get(movie.movie);
      if (known) known.show(movie);
      rows.set(movie.movie, known ?? row(movie, this.rate));
    }
    this.rows = rows;
    this.place([...rows.values()].map((one) => one.node));
    if (movies[0]?.parts) this.legend.replaceChildren(partsLegend(movies));
    this.node.setAttribute('aria-busy', 'false');
    say(`${count(movies.length, 'movie')} listed`);
  }

  // The focus stays where it is, or goes to the row that comes in the place of one that is gone.
  place(nodes) {
    if (nodes.length === this.list.children.length && nodes.every((node, i) => node === this.list.children[i])) return;
    const active = document.activeElement;
    const at = [...this.list.children].findIndex((node) => node.contains(active));
    this.list.replaceChildren(...nodes);
    if (at < 0) return;
    const next = this.list.children[Math.min(at, nodes.length - 1)];
    (active.isConnected ? active : next?.querySelector('.rating input, a'))?.focus({ preventScroll: true });
  }

  empty(text) {
    this.rows.clear();
    this.legend.replaceChildren();
    this.list.replaceChildren(element('li', { class: 'note' }, text));
    this.node.setAttribute('aria-busy', 'false');
  }
}
