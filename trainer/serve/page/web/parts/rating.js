// The rating of a movie as a group of radio buttons: arrow keys change it, a button takes it back.
import { element, freshId, afterPause, say } from './element.js';
import { titleOf } from './movies.js';

const STEPS = 5;
const PAUSE = 700; // milliseconds without a key after which a rating given by arrow keys is meant: they pass the lower ones

// `change(value)` is called with the new rating, or null where it is taken back; `most` is the highest rating there is.
export function ratingInput(movie, value, most, change) {
  const steps = most <= 1 ? 1 : STEPS;
  const group = freshId('rating');
  const given = element('output', { class: 'rating-value' });
  const clear = element('button', { type: 'button', class: 'quiet', 'aria-label': `Take back the rating of ${titleOf(movie)}` }, '×');
  const box = element('fieldset', { class: 'rating' }, element('legend', { class: 'hidden' }, `Your rating of ${titleOf(movie)}`));
  const inputs = [];
  const later = afterPause(PAUSE, (now) => {
    window.removeEventListener('pagehide', later.now);
    change(now);
  });
  let keyed = false;
  box.addEventListener('keydown', () => { keyed = true; });
  box.addEventListener('pointerdown', () => { keyed = false; });
  box.addEventListener('focusout', (event) => (keyed && !box.contains(event.relatedTarget) ? later.now() : null));
  const show = (now) => {
    const part = now === null ? 0 : Math.round(now / most * steps * 2) / 2; // halves are shown, and given by programs
    inputs.forEach((input, i) => {
      input.checked = i + 1 === part;
      input.parentElement.classList.toggle('full', i + 1 <= part);
      input.parentElement.classList.toggle('half', i < part && part < i + 1);
    });
    given.textContent = now === null ? '' : String(now);
    clear.hidden = now === null;
  };
  const set = (now) => {
    show(now);
    say(now === null ? `Rating of ${titleOf(movie)} taken back` : `${titleOf(movie)} rated ${now} of ${most}`);
    if (keyed && now !== null) {
      later(now);
      window.addEventListener('pagehide', later.now);
      return;
    }
    later.cancel();
    window.removeEventListener('pagehide', later.now);
    change(now);
  };
  for (let i = 1; i <= steps; i++) {
    const of = most * i / steps;
    const input = element('input', { type: 'radio', name: group, value: of, 'aria-label': `${of} of ${most}`, onchange: () => set(of) });
    inputs.push(input);
    box.append(element('label', {}, input, element('span', { 'aria-hidden': 'true' }, '★')));
  }
  clear.addEventListener('click', () => {
    set(null);
    inputs[0].focus();
  });
  box.append(given, clear);
  show(value ?? null);
  return box;
}
