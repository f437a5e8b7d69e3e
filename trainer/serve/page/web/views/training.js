// Runs that are going on or are done, by their logs; and, where the server allows it, a new one.
import { element, count, figure, whole, say } from '../parts/element.js';
import { ask, features, model } from '../parts/server.js';
import { address } from '../parts/route.js';
import { lines } from '../parts/chart.js';
import { choice, field, problemLine, submitting } from '../parts/problem.js';

const POLL = 1000; // milliseconds between two readings of a log
const QUIET_POLL = 10 * POLL; // where no run is said to be running, and one may go on
const QUIET = 600; // seconds without a line after which a run is not said to be running
const LOSSES = [['Loss', ['loss']]];
const QUALITY = [['Recall and NDCG on the validation part', ['recall@10', 'recall@20', 'ndcg@10', 'ndcg@20']],
  ['AUC on the validation part', ['valid_auc']], ['Errors of ratings', ['rmse', 'mae']]];

class Training {
  constructor(main, route) {
    this.runs = element('div', { class: 'reserve-runs' });
    this.charts = element('div');
    this.options = element('div');
    this.start = element('section', { class: 'panel', hidden: true });
    const all = element('div', { hidden: true }, this.start,
      element('section', { class: 'panel' }, element('h2', {}, 'Runs'), this.runs), this.charts, this.options);
    main.append(element('h1', {}, 'Training'), all);
    this.alive = true;
    this.ready = Promise.allSettled([this.begin(), this.update(route), this.showOptions()]).then(() => { all.hidden = false; }); // at once: nothing moves
  }

  async begin() {
    try {
      if ((await features()).training) await this.showStart();
    } catch (error) {
      this.start.hidden = false;
      this.start.replaceChildren(problemLine(error));
    }
  }

  // Of the model that is served.
  async showOptions() {
    const options = Object.entries((await model())?.run?.options ?? {}).filter(([, value]) => value !== '' && value !== false);
    if (options.length === 0) return;
    this.options.replaceChildren(element('section', { class: 'panel' }, element('details', {}, element('summary', {}, 'Options of the model that is served'),
      element('dl', { class: 'facts' }, options.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, typeof value === 'number' ? figure(value) : String(value))))))));
  }

  async update(route) {
    [, this.name] = route.path;
    this.log = [];
    this.next = 0;
    this.signature = '';
    await this.follow();
  }

  // Reads what is new, and again while there is a run that is not done. Times of logs are of the server's clock, which its answers have.
  async follow() {
    clearTimeout(this.timer);
    if (!(await features()).runs) {
      this.runs.replaceChildren(element('p', { class: 'note' }, 'This server shows no runs: it was started without --runs DIR.'));
      return;
    }
    try {
      const { runs } = await ask('/runs', { heard: (answer) => { this.now = (Date.parse(answer.headers.get('Date')) || Date.now()) / 1000; } });
      this.name ??= (runs.find((run) => this.stateOf(run) === 'running') ?? runs[0])?.name;
      this.showRuns(runs);
      const there = runs.some((run) => run.name === this.name);
      if (there) await this.readLog(); // of one that was just started there may be none yet
      const states = runs.map((run) => this.stateOf(run));
      const wait = states.includes('running') || (this.name && !there) ? POLL : states.includes('quiet') ? QUIET_POLL : 0;
      if (this.alive && wait) this.timer = setTimeout(() => this.follow(), wait);
    } catch (error) {
      this.runs.replaceChildren(problemLine(error));
      if (this.alive) this.timer = setTimeout(() => this.follow(), 5 * POLL);
    }
  }

  showRuns(runs) {
    if (runs.length === 0) {
      this.runs.replaceChildren(element('p', { class: 'note' }, 'No log of a run is in the folder that the server was given.'));
      return;
    }
    const signature = JSON.stringify(runs.map((run) => [run, this.stateOf(run), this.quietOf(run)]));
    if (signature === this.signature) return;
    this.signature = signature;
    const focus = document.activeElement?.closest?.('[data-run]')?.dataset.run;
    this.runs.replaceChildren(element('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': 'Runs' }, element('table', {},
      element('thead', {}, element('tr', {}, ['Run', 'State', 'Epoch', 'Loss', 'Recall@20'].map((head) => element('th', { scope: 'col' }, head)))),
      element('tbody', {}, runs.map((run) => this.runRow(run))))));
    if (focus) this.runs.querySelector(`[data-run="${CSS.escape(focus)}"]`)?.focus();
  }

  // A log says when its run is done, not when it was stopped: of the run that this server started last the server knows that.
  stateOf(run) {
    if (run.done) return 'done';
    if (this.ended?.run === run.name && !this.ended.running) return this.ended.state;
    return this.now - run.changed > QUIET ? 'quiet' : 'running';
  }

  quietOf(run) {
    const minutes = Math.round((this.now - run.changed) / 60);
    return minutes < 120 ? `${minutes} min` : minutes < 2880 ? `${Math.round(minutes / 60)} h` : count(Math.round(minutes / 1440), 'day');
  }

  runRow(run) {
    const last = run.last ?? {};
    const state = this.stateOf(run);
    return element('tr', { class: run.name === this.name ? 'chosen' : null },
      element('th', { scope: 'row' }, element('a', { href: address(['training', run.name]), 'data-run': run.name, 'aria-current': run.name === this.name ? 'true' : null }, run.name)),
      element('td', {}, element('span', { class: `state ${state}` }, state === 'quiet' ? `no line for ${this.quietOf(run)}` : state)),
      element('td', { class: 'number' }, last.epoch ? `${last.epoch} of ${last.epochs}` : '–'),
      element('td', { class: 'number' }, figure(last.loss, 4)), element('td', { class: 'number' }, figure(last['recall@20'], 3)));
  }

  async readLog() {
    const { name } = this;
    let fresh = this.log.length === 0;
    for (;;) { // a long log comes in several answers
      const answer = await ask(`/runs/${encodeURIComponent(name)}`, { query: { since: this.next } });
      if (!this.alive || name !== this.name) return;
      this.next = answer.next;
      if (answer.lines.length === 0) break;
      this.log.push(...answer.lines);
      fresh = true;
    }
    if (fresh) this.showLog();
  }

  showLog() {
    const last = this.log.at(-1);
    const epochs = last?.epochs ?? this.log.length;
    const open = [...this.charts.querySelectorAll('details')].map((details) => details.open);
    const chart = ([title, names]) => {
      const series = names.map((name) => ({ name, points: this.log.filter((line) => typeof line[name] === 'number').map((line) => [line.epoch, line[name]]) }))
        .filter((one) => one.points.length);
      return series.length ? lines(title, series, { last: epochs }) : null;
    };
    this.charts.replaceChildren(element('section', { class: 'panel' }, element('h2', {}, this.name), this.progress(last, epochs),
      element('div', { class: 'charts' }, [...LOSSES, ...QUALITY].map(chart)), this.seconds(last)));
    this.charts.querySelectorAll('details').forEach((details, i) => { details.open = open[i] ?? false; });
    if (last?.done) say(`${this.name} is done`);
  }

  progress(last, epochs) {
    if (!last) return element('p', { class: 'note' }, 'The log has no line yet.');
    return element('p', { class: 'row' }, element('progress', { max: epochs, value: last.epoch, 'aria-label': 'Epochs done' }),
      element('span', {}, `Epoch ${last.epoch} of ${epochs}, ${whole(last.step)} steps, ${figure(last.elapsed)} s${last.done ? ', done' : ''}`));
  }

  seconds(last) {
    if (!last?.seconds) return null;
    return element('details', {}, element('summary', {}, 'Where the time went'), element('dl', { class: 'facts' },
      Object.entries(last.seconds).map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, `${figure(value)} s`)))));
  }

  async showStart() {
    const state = await ask('/training');
    this.ended = state;
    this.start.hidden = false;
    if (state.running) this.showRunning(state);
    else this.showForm(state);
  }

  showRunning(state) {
    let asked = false;
    const words = element('p', {}, `${state.run} is training on this machine. Its checkpoint is served when it is done.`);
    const form = element('form', { class: 'row spread', onsubmit: (event) => {
      event.preventDefault();
      submitting(form, async () => {
        await ask('/training', { method: 'DELETE' });
        words.textContent = asked ? `${state.run} ends now.` : `${state.run} ends after this step, with a checkpoint. Stop it again to end it at once.`;
        say(words.textContent);
        asked = true;
      });
    } }, words, element('button', { type: 'submit', class: 'danger' }, 'Stop it'));
    this.start.replaceChildren(element('h2', {}, 'A run of this server'), form);
    this.watch(state);
  }

  // Until the run has ended.
  async watch(state) {
    while (this.alive && state.running) {
      await new Promise((done) => setTimeout(done, POLL));
      state = await ask('/training').catch(() => state);
    }
    if (!this.alive) return;
    this.ended = state;
    say(`${state.run} is ${state.state}`);
    this.showForm(state);
    this.follow();
  }

  showForm(state) {
    const number = (label, name, value, low, high, hint) => field(label, name, { type: 'number', value, min: low, max: high, inputmode: 'numeric' }, hint);
    const ends = { done: 'done; its model is served', stopped: 'stopped; its checkpoint is kept, and not served', failed: 'failed' };
    const form = element('form', { class: 'start-form', novalidate: true, onsubmit: (event) => {
      event.preventDefault();
      submitting(form, () => this.begun(new FormData(form)));
    } }, choice('Model', 'model', state.models.map((name) => [name, name]), 'lightgcn'), number('Columns', 'dim', 64, 1, 1024), number('Layers', 'layers', 3, 0, 16),
    number('Epochs', 'epochs', 20, 1, 10000), number('Batch', 'batch', '', 0, 100000000), element('button', { type: 'submit', class: 'primary below-label' }, 'Start training'));
    this.start.replaceChildren(...[element('h2', {}, 'Train a model on this machine'),
      ends[state.state] ? element('p', { class: state.state === 'failed' ? 'problem' : 'note' }, [`${state.run} is ${ends[state.state]}.`, state.state === 'failed' ? state.message : null].filter(Boolean).join(' ')) : null,
      form, element('p', { class: 'note' }, 'What is left empty is as the model and the data have it.')].filter(Boolean));
  }

  async begun(data) {
    const body = { model: data.get('model') };
    for (const name of ['dim', 'layers', 'epochs', 'batch']) if (data.get(name).trim() !== '') body[name] = Number(data.get(name));
    const state = await ask('/training', { method: 'POST', body });
    this.ended = state;
    say('Training begins');
    this.showRunning(state);
    location.hash = address(['training', state.run]);
  }

  close() {
    this.alive = false;
    clearTimeout(this.timer);
  }
}

export const open = (main, route) => new Training(main, route);
