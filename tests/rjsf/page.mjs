// A browser page with one rendered form, as far as jsdom is one.

import { JSDOM } from 'jsdom';

const dom = new JSDOM('<!doctype html><div id="page"></div>', { pretendToBeVisual: true, url: 'http://localhost/' });
for (const name of ['window', 'document', 'navigator', 'HTMLElement', 'Element', 'Node', 'Event', 'FormData']) {
  // Later versions of Node have a read-only `navigator` of their own.
  Object.defineProperty(globalThis, name, { value: dom.window[name], configurable: true, writable: true });
}
globalThis.IS_REACT_ACT_ENVIRONMENT = true;

// React looks for the page when it is loaded, so it comes second.
const { createElement, act } = await import('react');
const { createRoot } = await import('react-dom/client');

/** Renders `document` unchanged and returns what a person and a test can do with it. */
export async function open({ Form, validators }, { schema, uiSchema, formData }) {
  const container = dom.window.document.createElement('div');
  dom.window.document.body.append(container);
  const heard = { submitted: undefined, errors: undefined };
  const root = createRoot(container);
  const props = {
    schema,
    uiSchema,
    formData,
    validator: validators['draft-07'],
    onSubmit: ({ formData }) => (heard.submitted = formData),
    onError: (errors) => (heard.errors = errors),
  };
  await act(async () => root.render(createElement(Form, props)));

  const find = (name) => container.querySelector(`#root_${name}`);
  return {
    heard,
    find,
    labelText: (name) => label(container, find(name))?.textContent ?? '',
    names: () => [...container.querySelectorAll('[id^="root_"]')].filter(isControl).map(({ id }) => id.slice(5)),
    enter: (name, value) => act(async () => enter(find(name), value)),
    submit: () => act(async () => void container.querySelector('form').dispatchEvent(submitEvent())),
    close: () => act(async () => root.unmount()).then(() => container.remove()),
  };
}

const isControl = (element) => element.matches('input, select, textarea');
const submitEvent = () => new dom.window.Event('submit', { bubbles: true, cancelable: true });

function label(container, control) {
  return control && (container.querySelector(`label[for="${control.id}"]`) ?? control.closest('label'));
}

/** Types, ticks or chooses, through the browser's own setters so that React notices. */
function enter(control, value) {
  const { HTMLInputElement, HTMLSelectElement, Event } = dom.window;
  if (control.type === 'checkbox') {
    if (control.checked !== value) control.click();
    return;
  }
  if (control.tagName === 'SELECT') {
    const index = [...control.options].findIndex((option) => option.textContent === value);
    Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'selectedIndex').set.call(control, index);
    control.dispatchEvent(new Event('change', { bubbles: true }));
    return;
  }
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(control, String(value));
  control.dispatchEvent(new Event('input', { bubbles: true }));
}
