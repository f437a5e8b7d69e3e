// Tokens of the account, by which programs ask: listed, made and ended.
import { element, date, say } from './element.js';
import { ask } from './server.js';
import { field, problemLine, submitting } from './problem.js';

const DAYS = 90;

export class Tokens {
  constructor() {
    this.list = element('div');
    this.made = element('div', { 'aria-live': 'polite' });
    this.form = element('form', { class: 'narrow', onsubmit: (event) => {
      event.preventDefault();
      submitting(this.form, () => this.make(new FormData(this.form)));
    } }, field('What it is for', 'name', { required: true, maxlength: 100, autocomplete: 'off' }),
    field('Days that it is valid', 'days', { type: 'number', value: DAYS, min: 1, max: 366, inputmode: 'numeric' }),
    element('button', { type: 'submit' }, 'Make a token'));
    this.node = element('details', { class: 'tokens' }, element('summary', {}, 'Tokens for programs'),
      element('p', {}, 'A program that has a token rates and is recommended as you: it sends the header ', element('code', {}, 'Authorization: Bearer TOKEN'), '.'),
      this.list, this.made, this.form);
    this.node.addEventListener('toggle', () => (this.node.open ? this.show() : null));
  }

  async show() {
    try {
      const { tokens } = await ask('/account/tokens');
      this.list.replaceChildren(tokens.length ? element('ul', { class: 'ranked' }, tokens.map((token) => this.row(token)))
        : element('p', { class: 'note' }, 'There is none.'));
    } catch (error) {
      this.list.replaceChildren(problemLine(error));
    }
  }

  // All of them have ended.
  ended() {
    this.made.replaceChildren();
    this.show();
  }

  row(token) {
    return element('li', {}, element('span', { class: 'grow' }, token.name, element('br'),
      element('small', {}, `made ${date(token.created)}, valid until ${date(token.expires)}`)),
    element('button', { type: 'button', class: 'danger', 'aria-label': `Revoke ${token.name}`, onclick: () => this.revoke(token) }, 'Revoke'));
  }

  // The token is shown this once: the server keeps its hash alone.
  async make(data) {
    const days = data.get('days').trim();
    const token = await ask('/account/tokens', { method: 'POST', body: { name: data.get('name'), ...(days ? { days: Number(days) } : {}) } });
    const shown = element('input', { type: 'text', readonly: true, class: 'token', value: token.token, 'aria-label': `The token ${token.name}` });
    this.made.replaceChildren(element('p', {}, `Copy the token ${token.name} now: it is not shown again.`), shown);
    this.form.reset();
    say(`The token ${token.name} is made`);
    await this.show();
    shown.focus();
    shown.select();
  }

  async revoke(token) {
    if (!window.confirm(`Revoke ${token.name}? Programs that use it are refused from now on.`)) return;
    try {
      await ask(`/account/tokens/${token.id}`, { method: 'DELETE' });
      this.made.replaceChildren();
      say(`${token.name} is revoked`);
      await this.show();
      this.node.querySelector('summary').focus();
    } catch (error) {
      this.list.append(problemLine(error));
    }
  }
}
