// The panel that slides up inside a phone: the rows of a list message, or what can be attached.

import {h, icon} from './dom.js';

let count = 0;

export class Sheet {
  /** `screen`: the phone's screen; everything else on it rests while the sheet is open. */
  constructor(screen) {
    this.screen = screen;
    this.element = null;
    this.before = null;
  }

  open(title, content) {
    this.close();
    const id = `sheet-${++count}`;
    this.before = document.activeElement;
    const close = h('button', {type: 'button', class: 'plain', testid: 'sheet-close', 'aria-label': 'Cerrar',
                               onclick: () => this.close()}, icon('close'));
    const panel = h('div', {class: 'panel', role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': id, testid: 'sheet'},
        h('div', {class: 'panel-head'}, h('h3', {id}, title), close),
        h('div', {class: 'panel-body'}, ...content));
    this.element = h('div', {class: 'sheet', onclick: (event) => event.target === this.element && this.close(),
                             onkeydown: (event) => event.key === 'Escape' && this.close()}, panel);
    for (const other of this.screen.children) other.inert = true;
    this.screen.append(this.element);
    panel.querySelector('.panel-body button, .panel-body input')?.focus({preventScroll: true});
  }

  close() {
    if (!this.element) return;
    this.element.remove();
    this.element = null;
    for (const other of this.screen.children) other.inert = false;
    this.before?.focus?.({preventScroll: true});
  }

  /** The rows of a list message; `choose` gets the id of the one that is tapped. */
  openList(action, choose) {
    const sections = action.sections.map((section) => h('section', {},
        section.title ? h('h4', {}, section.title) : null,
        ...section.rows.map((row) => h('button', {type: 'button', class: 'row', testid: 'sheet-row', 'data-id': row.id,
                                                  onclick: () => { this.close(); choose(row.id); }},
            h('span', {class: 'row-title'}, row.title),
            row.description ? h('span', {class: 'row-description'}, row.description) : null))));
    this.open(action.button, sections);
  }
}
