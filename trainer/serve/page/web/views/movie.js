// One movie: what is known of it, movies like it, tags, and its neighbourhood.
import { element, figure, count } from '../parts/element.js';
import { ask, latest } from '../parts/server.js';
import { address, replaceQuery } from '../parts/route.js';
import { picture, genreLinks, titleOf, movieCard, cardGrid, emptyCards } from '../parts/movies.js';
import { neighbourhood, neighbourhoodTable } from '../parts/neighbourhood.js';
import { choice, problemLine } from '../parts/problem.js';
import { ratingInput } from '../parts/rating.js';
import { myRatings, rateMovie, highestRating } from '../parts/mine.js';

const BY = [['both', 'users and content'], ['embedding', 'what users like'], ['content', 'what they are about']];
const SIMILAR = 12;
const FIRST_ADDED = 1e12; // movies that visitors add have ids above

class MovieView {
  constructor(main, route) {
    [, this.id] = route.path;
    this.by = route.query.by ?? 'both';
    this.similarOf = latest();
    this.head = element('div', { class: 'movie-head' }, picture({ movie: this.id }, 160), element('div', { class: 'grow' }, element('h1', {}, '…')));
    this.similar = element('div', {}, emptyCards(SIMILAR));
    this.tags = element('div', { class: 'reserve-list' });
    this.drawing = element('div', { class: 'drawing' });
    this.table = element('div');
    main.append(this.head,
      element('section', { class: 'panel' }, element('div', { class: 'row spread' }, element('h2', {}, 'Movies like it'),
        choice('Compared by', 'by', BY, this.by, (by) => this.compare(by))), this.similar),
      element('section', { class: 'panel' }, element('h2', {}, 'Tags'), this.tags),
      element('section', { class: 'panel' }, element('h2', {}, 'In the graph'),
        element('p', { class: 'note' }, 'Users who rated it, those with the fewest ratings first, and what else they rated.'), this.drawing, this.table));
    this.resize = new ResizeObserver(() => this.draw());
    this.resize.observe(this.drawing);
    this.rest = [...main.children].slice(1);
    this.ready = Number(this.id) > FIRST_ADDED ? this.loadAdded() : Promise.all([this.loadMovie(), this.loadSimilar(), this.loadGraph()]);
  }

  // The model knows a movie that a visitor has added only when it was trained with it.
  async loadAdded() {
    const movie = await this.loadMovie();
    if (movie && movie.created === undefined) await Promise.all([this.loadSimilar(), this.loadGraph()]);
    else for (const section of this.rest) section.hidden = true;
    if (movie?.created !== undefined) this.head.lastChild.append(element('p', { class: 'note' }, 'A visitor has added this movie. Movies like it, tags and its place in the graph are here after the next training.'));
  }

  async loadMovie() {
    try {
      const movie = await ask(`/movies/${encodeURIComponent(this.id)}`);
      if (movie.picture?.created) this.head.firstChild.replaceWith(picture(movie, 160));
      const [own, most] = await Promise.all([myRatings().catch(() => []), highestRating()]);
      const mine = own.find((one) => String(one.movie) === String(this.id));
      document.title = `${titleOf(movie)} · halorec`;
      this.head.lastChild.replaceChildren(...[element('h1', {}, titleOf(movie)), genreLinks(movie),
        element('p', {}, [movie.year ? `${movie.year}` : null, count(movie.ratings ?? 0, 'rating'), movie.mean ? `mean ${figure(movie.mean)}` : null].filter(Boolean).join(' · ')),
        element('div', { class: 'row' }, element('span', {}, 'Your rating'), ratingInput(movie, mine?.rating, most, (rating) => this.rate(movie, rating))),
        movie.description ? element('p', {}, movie.description) : null].filter(Boolean));
      if (movie.created === undefined) await this.loadTags(movie);
      return movie;
    } catch (error) {
      this.head.lastChild.replaceChildren(element('h1', {}, `Movie ${this.id}`), problemLine(error));
      return null;
    }
  }

  async rate(movie, rating) {
    try {
      await rateMovie(movie, rating);
    } catch (error) {
      this.head.lastChild.append(problemLine(error));
    }
  }

  async loadTags(movie) {
    const list = (tags, text) => element('ul', { class: 'tags' }, tags.map((tag) => element('li', {}, tag.tag ?? tag, element('small', {}, text(tag)))));
    const own = movie.tags ?? [];
    const parts = [element('h3', {}, 'Given by users'), own.length ? list(own, (tag) => ` ${tag.times}`) : element('p', { class: 'note' }, 'None.')];
    try {
      const { tags } = await ask('/tags', { query: { movie: this.id, top_k: 10 } });
      parts.push(element('h3', {}, 'Suggested by movies like it'), tags.length ? list(tags, (tag) => ` ${figure(tag.score, 2)}`) : element('p', { class: 'note' }, 'None.'));
    } catch (error) {
      parts.push(element('p', { class: 'note' }, error.message));
    }
    this.tags.replaceChildren(...parts);
  }

  compare(by) {
    this.by = by;
    replaceQuery({ by: by === 'both' ? undefined : by });
    this.loadSimilar();
  }

  async loadSimilar() {
    this.similar.setAttribute('aria-busy', 'true');
    try {
      const answer = await this.similarOf('/similar', { query: { movie: this.id, top_k: SIMILAR, by: this.by } });
      this.similar.replaceChildren(cardGrid(answer.similar.map((movie) => movieCard(movie, `similarity ${figure(movie.score, 2)}`))));
    } catch (error) {
      if (error.name === 'AbortError') return;
      this.similar.replaceChildren(problemLine(error));
    }
    this.similar.removeAttribute('aria-busy');
  }

  async loadGraph() {
    try {
      const narrow = this.drawing.clientWidth < 640;
      this.graph = await ask('/graph', { query: { movie: this.id, hops: 2, limit: narrow ? 3 : 5 } });
      this.draw();
      this.table.replaceChildren(neighbourhoodTable(this.graph));
    } catch (error) {
      this.drawing.replaceChildren(problemLine(error));
    }
  }

  draw() {
    const width = Math.round(Math.min(this.drawing.clientWidth, 1240));
    if (!this.graph || width === 0 || width === this.width) return;
    this.width = width;
    this.drawing.replaceChildren(neighbourhood(this.graph, width).node);
  }

  close() {
    this.similarOf.end();
    this.resize.disconnect();
  }
}

function choose(main) {
  main.append(element('h1', {}, 'Movie'), element('p', {}, 'Find one in the field above, or ', element('a', { href: address(['browse']) }, 'browse'), '.'));
  return {};
}

export const open = (main, route) => (route.path[1] ? new MovieView(main, route) : choose(main));
