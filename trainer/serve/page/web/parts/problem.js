// Errors where they belong: beside the field that the server names, else in one line of the form or view.
import { element, freshId, say } from './element.js';

export function problemLine(error) {
  return element('p', { class: 'problem', role: 'alert' }, error.message);
}

export function clearProblems(form) {
  for (const line of form.querySelectorAll('.problem')) line.remove();
  for (const input of form.querySelectorAll('[aria-invalid]')) {
    input.removeAttribute('aria-invalid');
    input.removeAttribute('aria-describedby');
  }
}

// Shows a problem beside the input of its field, and moves the focus there.
export function showProblem(form, error) {
  clearProblems(form);
  const input = error.field ? form.elements?.namedItem?.(error.field) : null;
  const line = problemLine(error);
  if (input instanceof Element) {
    line.id = freshId('problem');
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', line.id);
    input.insertAdjacentElement('afterend', line);
    input.focus();
  } else {
    form.append(line);
  }
}

// Runs what a button of a form asks for: the form is busy while it lasts, and shows what went wrong.
export async function submitting(form, act) {
  clearProblems(form);
  form.setAttribute('aria-busy', 'true');
  const buttons = [...form.querySelectorAll('button')];
  for (const button of buttons) button.disabled = true;
  try {
    await act();
    return true;
  } catch (error) {
    for (const button of buttons) button.disabled = false;
    showProblem(form, error);
    say(error.message);
    return false;
  } finally {
    form.removeAttribute('aria-busy');
    for (const button of buttons) button.disabled = false;
  }
}

// A labelled input of a form.
export function field(label, name, attributes = {}, hint = null) {
  const id = freshId(name);
  return element('div', { class: 'field' }, element('label', { for: id }, label),
    element('input', { id, name, ...attributes }), hint ? element('small', {}, hint) : null);
}

// A labelled choice: options are [value, text].
export function choice(label, name, options, chosen, onchange) {
  const id = freshId(name);
  return element('div', { class: 'field' }, element('label', { for: id }, label),
    element('select', { id, name, onchange: onchange ? (event) => onchange(event.target.value) : null },
      options.map(([value, text]) => element('option', { value, selected: String(value) === String(chosen ?? '') }, text))));
}
