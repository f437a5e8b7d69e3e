// How ratings become a graph and messages pass, on the neighbourhood of one user.
import { element, whole, figure, count, say } from '../parts/element.js';
import { ask, latest } from '../parts/server.js';
import { address } from '../parts/route.js';
import { userSearch } from '../parts/search.js';
import { neighbourhood, neighbourhoodTable } from '../parts/neighbourhood.js';
import { problemLine } from '../parts/problem.js';
import { rankedMovies } from '../parts/movies.js';

const HOPS = 3;
const TRIED = 8; // users

const STEPS = [
  { name: 'Ratings', hops: [], text: 'Every rating joins a user and a movie. That is the whole graph: circles are users, squares are movies, and a thicker line weighs more. Each vertex has a row of numbers that training finds.' },
  { name: 'Layer 1', hops: [1], text: 'Each movie sends its row to the users who rated it. A user’s row becomes a weighted sum of them: tastes follow from movies.' },
  { name: 'Layer 2', hops: [2, 1], text: 'The same again. What other users of these movies like comes one edge nearer, so users with the same movies become alike.' },
  { name: 'Layer 3', hops: [3, 2, 1], text: 'Once more, and movies that this user never saw have sent their rows. Three layers are the mean of what is 0 to 3 edges away.' },
  { name: 'Score', hops: [], text: 'A movie’s score is the product of its row with the user’s. The best of those not yet rated are the recommendations below.' },
];

class Start {
  constructor(main) {
    this.graphOf = latest();
    this.step = 0;
    this.playing = false;
    this.facts = element('p', { class: 'lead reserve-1' });
    this.steps = element('div', { class: 'steps', role: 'group', 'aria-label': 'Steps' });
    this.text = element('p', { class: 'step-text', 'aria-live': 'polite' });
    this.drawing = element('div', { class: 'drawing' });
    this.table = element('div');
    this.list = element('div', { class: 'reserve-list' });
    this.user = element('h2', {}, 'One user');
    this.play = element('button', { type: 'button', class: 'primary', onclick: () => this.run() }, 'Play all layers');
    main.append(element('h1', {}, 'From ratings to recommendations'), this.facts,
      element('section', { class: 'panel' }, element('div', { class: 'row spread' }, this.user, userSearch('Another user, by id', (user) => this.load(user.user))),
        element('div', { class: 'row' }, this.steps, this.play), this.text, this.drawing, this.table),
      element('section', { class: 'panel' }, element('h2', {}, 'What follows from it'), this.list,
        element('p', {}, element('a', { class: 'button', href: address(['recommendations']) }, 'Rate a few movies yourself'))));
    this.showSteps();
    this.ready = Promise.all([this.loadFacts(), this.load(null)]);
    this.resize = new ResizeObserver(() => this.draw());
    this.resize.observe(this.drawing);
  }

  async loadFacts() {
    try {
      const stats = await ask('/stats');
      this.facts.textContent = `${whole(stats.users)} users gave ${whole(stats.movies)} movies ${whole(stats.ratings)} ratings. `
        + `The median user gave ${figure(stats.activity.median)}, the median movie got ${figure(stats.popularity.median)}. Of all pairs of a user and a movie ${figure(100 * (1 - stats.density))} % have no rating: the graph says which of them would be liked.`;
    } catch (error) {
      this.facts.textContent = error.message;
    }
  }

  async load(user) {
    try {
      const own = await this.neighbourhoodOf(user);
      this.user.textContent = `User ${own}`;
      this.width = 0;
      this.draw();
      this.table.replaceChildren(neighbourhoodTable(this.graph));
      await this.loadList(own);
    } catch (error) {
      if (error.name !== 'AbortError') this.drawing.replaceChildren(problemLine(error));
    }
  }

  // The graph of a user; of none that is named, the first with neighbours three edges away, which shows most.
  async neighbourhoodOf(user) {
    const limit = this.drawing.clientWidth < 640 ? 3 : 4;
    const users = user === null ? (await ask('/users', { query: { top_k: TRIED } })).users.map((one) => one.user) : [user];
    for (const one of users) {
      this.graph = await this.graphOf('/graph', { query: { user: one, hops: HOPS, limit } });
      if (one === users.at(-1) || this.graph.nodes.filter((node) => node.hops === HOPS).length > 2 * limit) return one;
    }
    return null;
  }

  async loadList(user) {
    try {
      const answer = await ask('/recommend', { query: { user, top_k: 5 } });
      this.list.replaceChildren(rankedMovies(answer.recommendations));
    } catch (error) {
      this.list.replaceChildren(problemLine(error));
    }
  }

  draw() {
    const width = Math.round(Math.min(this.drawing.clientWidth, 1240));
    if (!this.graph || width === 0 || width === this.width) return;
    this.width = width;
    this.drawn = neighbourhood(this.graph, width);
    this.drawing.replaceChildren(this.drawn.node);
  }

  showSteps() {
    this.steps.replaceChildren(...STEPS.map((step, i) => element('button', {
      type: 'button', class: 'step', 'aria-pressed': String(i === this.step), onclick: () => this.show(i),
    }, step.name)));
    this.text.textContent = STEPS[this.step].text;
  }

  async show(step) {
    const focus = this.steps.contains(document.activeElement);
    this.step = step;
    this.showSteps();
    if (focus) this.steps.children[step].focus();
    for (const hops of STEPS[step].hops) await this.drawn?.send(hops);
  }

  async run() {
    if (this.playing) return;
    this.playing = true;
    this.play.setAttribute('aria-disabled', 'true');
    for (let i = 0; i < STEPS.length && this.playing; i++) {
      await this.show(i);
      await new Promise((done) => setTimeout(done, 700));
    }
    this.play.removeAttribute('aria-disabled');
    this.playing = false;
    say(`${count(STEPS.length, 'step')} shown`);
  }

  close() {
    this.playing = false;
    this.graphOf.end();
    this.resize.disconnect();
  }
}

export const open = (main) => new Start(main);
