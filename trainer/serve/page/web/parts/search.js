// A field in which something is found as it is typed: a combobox with a list, by arrow keys, Enter and Escape
// (ARIA Authoring Practices: combobox with a list that completes).
import { element, freshId, afterPause, count, say } from './element.js';
import { latest } from './server.js';
import { genresOf } from './movies.js';

const PAUSE = 120; // milliseconds without a key before the server is asked

// The state of one field: its input, list and what was found.
class Search {
  constructor(label, { find, text, choose, compact }) {
    Object.assign(this, { find, text, choose, found: [], at: -1, ask: latest() });
    const listId = freshId('list');
    const id = freshId('search');
    this.input = element('input', {
      id, type: 'search', role: 'combobox', autocomplete: 'off', spellcheck: 'false', placeholder: compact ? label : null,
      'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': listId,
    });
    this.list = element('ul', { id: listId, role: 'listbox', class: 'search-list', 'aria-label': label, hidden: true });
    this.node = element('div', { class: 'search' },
      element('label', { for: id, class: compact ? 'hidden' : null }, label), this.input, this.list);
    const ask = afterPause(PAUSE, () => this.query());
    this.input.addEventListener('input', ask);
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('blur', () => setTimeout(() => this.hide(), 150)); // a click in the list comes first
  }

  async query() {
    const words = this.input.value.trim();
    if (!words) {
      this.hide();
      return;
    }
    try {
      this.show(await this.find(this.ask, words));
    } catch (error) {
      if (error.name !== 'AbortError') this.tell(error.message);
    }
  }

  tell(text) {
    this.found = [];
    this.at = -1;
    this.list.replaceChildren(element('li', { role: 'option', 'aria-disabled': 'true', class: 'note' }, text));
    this.open(true);
    say(text);
  }

  show(found) {
    if (found.length === 0) {
      this.tell('Nothing found');
      return;
    }
    this.found = found;
    this.at = -1;
    this.list.replaceChildren(...found.map((one, i) => element('li', {
      role: 'option', id: `${this.list.id}-${i}`, 'aria-selected': 'false',
      onmousedown: (event) => event.preventDefault(), onclick: () => this.take(i),
    }, this.text(one))));
    this.open(true);
    say(`${count(found.length, 'suggestion')}`);
  }

  open(yes) {
    this.list.hidden = !yes;
    this.input.setAttribute('aria-expanded', String(yes));
    if (!yes) this.input.removeAttribute('aria-activedescendant');
  }

  hide() {
    this.ask.end();
    this.open(false);
  }

  mark(at) {
    this.list.children[this.at]?.setAttribute('aria-selected', 'false');
    this.at = (at + this.found.length) % this.found.length;
    const option = this.list.children[this.at];
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', option.id);
  }

  take(at) {
    const chosen = this.found[at];
    if (!chosen) return;
    this.hide();
    this.input.value = '';
    this.choose(chosen);
  }

  key(event) {
    const many = this.found.length;
    if (event.key === 'ArrowDown' && many) this.mark(this.at + 1);
    else if (event.key === 'ArrowUp' && many) this.mark(this.at < 0 ? many - 1 : this.at - 1);
    else if (event.key === 'Enter' && many && !this.list.hidden) this.take(Math.max(this.at, 0));
    else if (event.key === 'Escape' && !this.list.hidden) this.hide();
    else return;
    event.preventDefault();
  }
}

// Finds movies by title; `choose` gets {movie, title, year, genres}.
export function movieSearch(label, choose, { compact = false } = {}) {
  return new Search(label, {
    choose, compact,
    find: async (ask, query) => (await ask('/movies', { query: { query, top_k: 8 } })).movies,
    text: (movie) => [element('span', {}, movie.title || `Movie ${movie.movie}`),
      element('small', {}, genresOf(movie).join(', '))],
  }).node;
}

// Finds users by the beginning of their ids; `choose` gets {user, ratings}.
export function userSearch(label, choose) {
  return new Search(label, {
    choose, compact: false,
    find: async (ask, query) => (await ask('/users', { query: { query, top_k: 8 } })).users,
    text: (user) => [element('span', {}, `User ${user.user}`), element('small', {}, count(user.ratings, 'rating'))],
  }).node;
}
