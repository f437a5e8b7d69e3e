// Shows the view that the address names, and keeps the header. A view is a module of views/: open(main, route) gives
// {update, close, ready}, each of them optional.
import { element } from './parts/element.js';
import { readRoute, go } from './parts/route.js';
import { movieSearch } from './parts/search.js';

const VIEWS = {
  start: 'How it works',
  recommendations: 'Recommendations',
  movie: 'Movie',
  browse: 'Browse',
  insights: 'Insights',
  training: 'Training',
  account: 'Account',
};

const main = document.getElementById('main');
const scrolls = new Map(); // by key of the history's entry
let entry = history.state?.key ?? 0;
let shown = { name: null, where: '', view: null };
let opening = 0;

function markLinks(name) {
  for (const link of document.querySelectorAll('nav a')) {
    const of = link.getAttribute('href').slice(2) || 'start';
    if (of === name) {
      link.setAttribute('aria-current', 'page');
      link.parentElement.scrollLeft = link.offsetLeft - 40;
    } else link.removeAttribute('aria-current');
  }
}

function failed(error) {
  main.replaceChildren(element('h1', {}, 'This view cannot be shown'), element('p', { class: 'problem' }, error.message));
}

async function open(name, route, first) {
  opening += 1;
  const own = opening;
  const module = await import(`./views/${name}.js`);
  if (own !== opening) return;
  shown.view?.close?.();
  main.replaceChildren();
  document.title = name === 'start' ? 'halorec' : `${VIEWS[name]} · halorec`;
  markLinks(name);
  shown = { name, where: route.path.join('/'), view: module.open(main, route) };
  if (!first) main.focus({ preventScroll: true });
  const wanted = scrolls.get(entry) ?? 0;
  window.scrollTo(0, wanted);
  if (wanted > 0) {
    await shown.view?.ready;
    if (own === opening) window.scrollTo(0, wanted);
  }
}

async function follow(first) {
  const route = readRoute();
  const name = route.path[0] ?? 'start';
  if (!Object.hasOwn(VIEWS, name)) {
    failed(new Error(`There is no view ${name}.`));
    return;
  }
  try {
    if (shown.name === name && shown.where === route.path.join('/') && shown.view?.update) shown.view.update(route);
    else await open(name, route, first);
  } catch (error) {
    failed(error);
  }
}

function moved() {
  if (document.activeElement?.matches?.('.skip')) return;
  entry = history.state?.key ?? 0;
  if (!entry) {
    entry = Date.now();
    history.replaceState({ key: entry }, '');
  }
  follow(false);
}

const SCHEMES = ['auto', 'light', 'dark']; // auto: as the system

function showScheme(scheme) {
  document.documentElement.dataset.scheme = scheme;
  document.getElementById('scheme-name').textContent = scheme[0].toUpperCase() + scheme.slice(1);
}

function nextScheme() {
  const next = SCHEMES[(SCHEMES.indexOf(document.documentElement.dataset.scheme) + 1) % SCHEMES.length];
  localStorage.setItem('scheme', next);
  showScheme(next);
  tellScheme();
}

// What is drawn by hand is drawn again in other colours.
const tellScheme = () => window.dispatchEvent(new Event('scheme'));

function begin() {
  const kept = localStorage.getItem('scheme');
  showScheme(SCHEMES.includes(kept) ? kept : 'auto');
  document.getElementById('scheme').addEventListener('click', nextScheme);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tellScheme);
  document.getElementById('search').append(movieSearch('Find a movie', (movie) => go(['movie', String(movie.movie)]), { compact: true }));
  document.querySelector('.skip').addEventListener('click', (event) => {
    event.preventDefault();
    main.focus();
  });
  history.scrollRestoration = 'manual';
  window.addEventListener('scroll', () => scrolls.set(entry, window.scrollY), { passive: true });
  window.addEventListener('hashchange', moved);
  if (!history.state?.key) {
    entry = Date.now();
    history.replaceState({ key: entry }, '');
  }
  follow(true);
}

begin();
