// Movies that the account has added: a form for another one, and what they and their pictures are; both can be deleted.
import { element, figure, date, say } from './element.js';
import { ask } from './server.js';
import { field, problemLine, submitting } from './problem.js';
import { movieAddress, movieLink, picture, titleOf } from './movies.js';

const LONGEST_PICTURE = 8 * 1024 * 1024;

const pathOf = (movie, rest = '') => `/movies/${encodeURIComponent(movie.movie)}${rest}`;
const factOf = (image) => (image ? `${image.type.replace('image/', '').toUpperCase()}, ${image.width} × ${image.height}, ${figure(image.size / 1024)} KB, ${date(image.created)}` : 'no picture');

export class AddedMovies {
  constructor(changed) {
    this.changed = changed; // called when a movie is gone: ratings of it are gone too
    this.list = element('div');
    this.said = element('div', { 'aria-live': 'polite' });
    this.form = element('form', { class: 'narrow', onsubmit: (event) => {
      event.preventDefault();
      submitting(this.form, () => this.add(new FormData(this.form)));
    } }, field('Title', 'title', { required: true, maxlength: 300 }), field('Year', 'year', { type: 'number', min: 1870, max: 2100 }),
    field('Genres', 'genres', { placeholder: 'Comedy, Drama' }), this.pictureField(), element('button', { type: 'submit', class: 'primary' }, 'Add the movie'));
    this.nodes = [element('h2', {}, 'Add a movie'), element('p', { class: 'note' }, 'It can be rated at once, and is recommended after the next training.'),
      this.form, this.said, this.list];
  }

  pictureField() {
    return field('Picture', 'picture', { type: 'file', accept: 'image/jpeg,image/png' }, 'JPEG or PNG, at most 8 MB');
  }

  show(movies) {
    this.list.replaceChildren(...(movies.length ? [element('h3', {}, `Added by you (${movies.length})`), element('ul', { class: 'ranked added' }, movies.map((movie) => this.row(movie)))] : []));
  }

  async load() {
    this.show((await ask('/account')).movies ?? []);
  }

  row(movie) {
    const act = (text, what, doing) => element('button', { type: 'button', class: 'danger', 'aria-label': `${text} of ${titleOf(movie)}`, onclick: () => this.remove(what, doing) }, text);
    const choose = element('input', { type: 'file', accept: 'image/jpeg,image/png', hidden: true, onchange: () => this.replace(movie, choose.files[0]) });
    return element('li', {}, picture(movie, 32), element('span', { class: 'grow' }, movieLink(movie), movie.year ? ` (${movie.year})` : null, element('br'), element('small', {}, factOf(movie.picture))),
      element('span', { class: 'row' }, choose,
        element('button', { type: 'button', 'aria-label': `${movie.picture ? 'Another' : 'A'} picture of ${titleOf(movie)}`, onclick: () => choose.click() }, movie.picture ? 'Replace picture' : 'Add picture'),
        movie.picture ? act('Delete picture', `Delete the picture of ${titleOf(movie)}?`, () => ask(pathOf(movie, '/picture'), { method: 'DELETE' })) : null,
        act('Delete movie', `Delete ${titleOf(movie)}, with its picture and all ratings of it? This cannot be taken back.`, () => ask(pathOf(movie), { method: 'DELETE' }))));
  }

  async remove(question, doing) {
    if (!window.confirm(question)) return;
    await this.act(async () => {
      await doing();
      say('Deleted');
      this.form.elements.namedItem('title').focus({ preventScroll: true });
      await this.changed();
    });
  }

  async replace(movie, file) {
    await this.act(() => this.send(movie, file));
  }

  async act(doing) {
    this.said.replaceChildren();
    try {
      await doing();
      await this.load();
    } catch (error) {
      this.said.replaceChildren(problemLine(error));
    }
  }

  async send(movie, file) {
    if (!(file?.size > 0)) return;
    if (file.size > LONGEST_PICTURE) throw Object.assign(new Error('The picture is larger than 8 MB.'), { field: 'picture' });
    await ask(pathOf(movie, '/picture'), { method: 'PUT', body: file, type: file.type });
  }

  async add(data) {
    const file = data.get('picture');
    if (file?.size > LONGEST_PICTURE) throw Object.assign(new Error('The picture is larger than 8 MB.'), { field: 'picture' });
    const genres = data.get('genres').split(',').map((genre) => genre.trim()).filter(Boolean);
    const movie = await ask('/movies', { method: 'POST', body: { title: data.get('title'), genres, ...(data.get('year') ? { year: Number(data.get('year')) } : {}) } });
    this.form.reset();
    this.said.replaceChildren(element('p', {}, 'Added: ', element('a', { href: movieAddress(movie) }, data.get('title'))));
    say(`${data.get('title')} is added`);
    await this.sendFirst(movie, file);
  }

  // The movie is there whatever its picture is.
  async sendFirst(movie, file) {
    try {
      await this.send(movie, file);
    } catch (error) {
      this.said.append(element('p', { class: 'problem', role: 'alert' }, `Its picture is not kept: ${error.message}`));
    }
    await this.load();
  }
}
