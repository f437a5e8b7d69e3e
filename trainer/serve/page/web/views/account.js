// The visitor: own ratings, listed, exported and deleted; an account; movies that a registered user adds.
import { element, count, say } from '../parts/element.js';
import { ask, features } from '../parts/server.js';
import { field, problemLine, submitting } from '../parts/problem.js';
import { movieLink, picture } from '../parts/movies.js';
import { ratingInput } from '../parts/rating.js';
import { myRatings, rateMovie, forgetRatings, ratingsSent, highestRating } from '../parts/mine.js';
import { Tokens } from '../parts/tokens.js';
import { AddedMovies } from '../parts/added.js';

// A form with a title and one button; `act(data)` is what it does.
function form(title, fields, act, kind = 'primary') {
  const node = element('form', { class: 'narrow', onsubmit: (event) => {
    event.preventDefault();
    submitting(node, () => act(new FormData(node), node));
  } }, fields, element('button', { type: 'submit', class: kind }, title));
  return node;
}

const name = () => field('Name', 'name', { autocomplete: 'username', required: true, autocapitalize: 'none' });
// Whose password it is, for programs that keep passwords.
const owner = (account) => element('input', { type: 'text', autocomplete: 'username', value: account.name, hidden: true, tabindex: '-1' });

const password = (label, key, complete, hint) => field(label, key, { type: 'password', autocomplete: complete, required: true }, hint);

class Account {
  constructor(main) {
    this.person = element('section', { class: 'panel reserve-form', 'aria-label': 'Account' });
    this.ratings = element('section', { class: 'panel', 'aria-label': 'Your ratings' });
    this.movie = element('section', { class: 'panel', hidden: true });
    main.append(element('h1', {}, 'Account'), this.person, this.ratings, this.movie);
    this.ready = Promise.all([this.showPerson(), this.showRatings()]);
  }

  async showPerson() {
    const offers = await features();
    if (!offers.accounts) {
      this.person.classList.remove('reserve-form');
      this.person.replaceChildren(element('p', { class: 'note' }, offers.ratings ? 'This server keeps no accounts: it knows your ratings as long as this browser keeps its cookie.'
        : 'This server keeps nothing of its visitors: ratings are in this window until it is closed.'));
      return;
    }
    try {
      const account = await ask('/account');
      if (account.name) this.known(account);
      else this.unknown();
    } catch (error) {
      this.person.replaceChildren(problemLine(error));
    }
  }

  unknown() {
    this.movie.hidden = true;
    const enter = (path) => async (data) => {
      await ask(path, { method: 'POST', body: { name: data.get('name'), password: data.get('password') } });
      this.known(await ask('/account'));
      say(`Logged in as ${data.get('name')}`);
      await this.showRatings();
    };
    this.person.replaceChildren(element('div', { class: 'halves' },
      element('div', {}, element('h2', {}, 'Log in'), form('Log in', [name(), password('Password', 'password', 'current-password')], enter('/account/session'))),
      element('div', {}, element('h2', {}, 'Register'), form('Register', [name(), password('Password', 'password', 'new-password', 'Ratings of this session go with you.')], enter('/account')))));
  }

  known(account) {
    this.tokens = new Tokens();
    const out = element('form', { onsubmit: (event) => {
      event.preventDefault();
      submitting(out, async () => {
        await ratingsSent();
        await ask('/account/session', { method: 'DELETE' });
        await this.left('Logged out');
      });
    } }, element('button', { type: 'submit' }, 'Log out'));
    this.person.replaceChildren(element('div', { class: 'row spread' }, element('h2', {}, account.name),
      element('div', { class: 'row' }, element('a', { class: 'button', href: '/account/export', download: 'halorec-account.json' }, 'Save all that is kept'), out)),
    this.tokens.node,
    element('details', {}, element('summary', {}, 'Change the password'), form('Change it', [owner(account), password('Password', 'password', 'current-password'), password('New password', 'new_password', 'new-password')], (data, node) => this.change(data, node))),
    element('details', {}, element('summary', {}, 'Delete the account'), element('p', {}, 'The account, its ratings and its movies’ pictures are deleted at once. This cannot be taken back.'),
      form('Delete the account', [owner(account), password('Password', 'password', 'current-password')], async (data) => {
        await ask('/account', { method: 'DELETE', body: { password: data.get('password') } });
        await this.left('The account is deleted');
      }, 'danger')));
    const added = new AddedMovies(() => this.showRatings());
    added.show(account.movies ?? []);
    this.movie.hidden = false;
    this.movie.replaceChildren(...added.nodes);
  }

  async change(data, node) {
    await ask('/account/password', { method: 'PUT', body: { password: data.get('password'), new_password: data.get('new_password') } });
    node.reset();
    say('The password is changed');
    this.tokens.ended();
    node.append(element('p', { class: 'note' }, 'The password is changed.'));
  }

  async left(text) {
    say(text);
    this.unknown();
    await this.showRatings();
  }

  async showRatings() {
    try {
      const [list, most] = await Promise.all([myRatings(), highestRating()]);
      const row = (movie) => element('li', {}, picture(movie, 32), element('span', { class: 'grow' }, movieLink(movie)),
        ratingInput(movie, movie.rating, most, (rating) => this.rate(movie, rating)));
      this.ratings.replaceChildren(element('div', { class: 'row spread' }, element('h2', {}, `Your ratings (${list.length})`),
        list.length ? element('div', { class: 'row' }, element('button', { type: 'button', onclick: () => this.save() }, 'Save as CSV'),
          element('button', { type: 'button', class: 'danger', onclick: () => this.forget() }, 'Delete all')) : null),
      list.length ? element('ul', { class: 'ranked' }, list.map(row)) : element('p', { class: 'note' }, 'None yet. Rate movies where you see them, and they are here.'));
    } catch (error) {
      this.ratings.replaceChildren(problemLine(error));
    }
  }

  async rate(movie, rating) {
    try {
      await rateMovie(movie, rating);
    } catch (error) {
      this.ratings.append(problemLine(error));
    }
  }

  async save() {
    const list = await myRatings();
    const quoted = (text) => `"${String(text ?? '').replaceAll('"', '""')}"`;
    const text = ['movieId,rating,title', ...list.map((one) => `${one.movie},${one.rating},${quoted(one.title)}`)].join('\n');
    const url = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/csv' }));
    element('a', { href: url, download: 'ratings.csv' }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
    say(`${count(list.length, 'rating')} saved`);
  }

  async forget() {
    if (!window.confirm('Delete all your ratings? This cannot be taken back.')) return;
    try {
      await forgetRatings();
      say('All ratings are deleted');
      await this.showRatings();
    } catch (error) {
      this.ratings.append(problemLine(error));
    }
  }
}

export const open = (main) => new Account(main);
