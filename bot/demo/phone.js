// One phone: its thread with Catalina, what can be typed and attached, and whether somebody looks.

import {api} from './api.js';
import {attachments, locations} from './attach.js';
import {Bubble} from './bubble.js';
import {h, hidden, icon} from './dom.js';
import {Sheet} from './sheet.js';
import {dateOf, dayOf, hourOf, now, windowState} from './time.js';

const NEAR_END = 120;  // pixels: who reads further up is not pulled down by a new message

export class Phone {
  constructor(data) {
    this.id = data.id;
    this.bubbles = new Map();  // by id
    this.byWamid = new Map();
    this.days = new Map();  // date → its label and a moment of it
    this.inView = false;
    this.inPocket = false;
    this.told = false;  // what the emulator was told about being open
    this.unread = 0;
    this.typingUntil = 0;
    this.lastInbound = null;
    this.build(data);
    this.update(data);
  }

  build(data) {
    const who = data.name || 'Sin nombre';
    const grouped = data.number.replace(/^(\d\d)(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3 $4');
    const address = data.number ? `+${grouped}` : `@${data.username}`;
    this.name = who;
    this.subtitle = h('p', {class: 'subtitle', testid: 'subtitle'}, 'Alcaldía de Cartagena');
    this.window = h('p', {class: 'window', testid: 'window-state'});
    this.hour = h('time', {class: 'hour'});
    this.typing = h('div', {class: 'typing', testid: 'typing', hidden: true}, hidden('Catalina está escribiendo'),
                    h('span', {}), h('span', {}), h('span', {}));
    this.log = h('div', {class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': `Conversación de ${who} con Catalina`,
                         tabindex: '0', testid: 'thread'});
    this.empty = h('p', {class: 'empty'}, 'Escribe «Hola» para empezar.');
    this.thread = h('div', {class: 'thread'}, this.empty, this.log, this.typing);
    this.problem = h('p', {class: 'composer-problem', role: 'alert', hidden: true});
    this.screen = h('div', {class: 'screen'},
        h('div', {class: 'status-bar', 'aria-hidden': 'true'}, this.hour, h('span', {}, '5G')),
        this.head(), this.window, this.thread, this.problem, this.composer());
    this.sheet = new Sheet(this.screen);
    this.element = h('article', {class: 'phone', id: `phone-${this.id}`, 'aria-label': `Teléfono de ${who}`, testid: `phone-${this.id}`},
        h('header', {class: 'owner'}, h('h2', {}, who), h('p', {}, address)),
        h('div', {class: 'case'}, this.screen));
    this.tab = h('button', {type: 'button', class: 'tab', testid: `tab-${this.id}`, 'aria-controls': `phone-${this.id}`},
        h('span', {}, who), this.badge = h('span', {class: 'badge', testid: 'badge', hidden: true}));
    this.watcher = new IntersectionObserver(([entry]) => {
      this.inView = entry.intersectionRatio > 0.5;
      this.tellOpen();
    }, {threshold: [0, 0.5, 0.51, 1]});
    this.watcher.observe(this.element);
  }

  head() {
    this.pocket = h('button', {type: 'button', class: 'plain', testid: 'pocket', 'aria-pressed': 'false',
                               title: 'Guardar el teléfono: lo que llegue queda sin leer',
                               'aria-label': 'Guardar el teléfono', onclick: () => this.putAway(!this.inPocket)}, icon('pocket'));
    return h('div', {class: 'head'}, h('span', {class: 'avatar', 'aria-hidden': 'true'}, 'C'),
        h('div', {class: 'head-text'}, h('h3', {}, 'Catalina'), this.subtitle), this.pocket);
  }

  composer() {
    const id = `write-${this.id}`;
    this.input = h('textarea', {id, rows: '1', placeholder: 'Escribe un mensaje', testid: 'composer-input', maxlength: '4096',
                                oninput: () => this.fitInput(), onkeydown: (event) => this.onKey(event)});
    this.form = h('form', {class: 'composer', onsubmit: (event) => { event.preventDefault(); this.sendText(); }},
        h('button', {type: 'button', class: 'plain', testid: 'attach', 'aria-label': 'Adjuntar foto o ubicación',
                     onclick: () => this.attach()}, icon('plus')),
        h('label', {class: 'visually-hidden', for: id}, `Mensaje de ${this.name}`), this.input,
        h('button', {type: 'submit', class: 'send', testid: 'send', 'aria-label': 'Enviar'}, icon('send')));
    return this.form;
  }

  update(data) {
    this.lastInbound = data.last_inbound;
    this.typingUntil = data.typing_until;
    const below = this.thread.scrollHeight - this.thread.scrollTop - this.thread.clientHeight;
    for (const one of data.bubbles) this.put(one);
    this.empty.hidden = this.bubbles.size > 0;
    this.tick();
    if (below <= NEAR_END && data.bubbles.length) this.toEnd();
  }

  toEnd() {
    this.thread.scrollTop = this.thread.scrollHeight;
  }

  put(data) {
    const known = this.bubbles.get(data.id);
    const before = known?.data.tick ?? 'accepted';
    const arrived = before === 'accepted' && ['sent', 'delivered'].includes(data.tick);
    if (arrived && !data.mine && !this.isOpen()) this.count(this.unread + 1);
    if (known) return known.update(data);
    const date = dateOf(data.at);
    if (!this.days.has(date)) {
      const label = h('p', {class: 'day'});
      this.days.set(date, {at: data.at, label});
      this.log.append(label);
    }
    const bubble = new Bubble(data, this.byWamid.get(data.quoted), {
      tap: (id) => this.act(() => api.tap(this.id, data.wamid, id)),
      openList: (action) =>
        this.sheet.openList(action, (id) => this.act(() => api.tap(this.id, data.wamid, id))),
      askLocation: () => this.sheet.open('Enviar ubicación', locations((one) => this.sendPlace(one, data.wamid))),
      shareContact: () => this.act(() => api.contact(this.id, data.wamid)),
    });
    this.bubbles.set(data.id, bubble);
    this.byWamid.set(data.wamid, data);
    this.log.append(bubble.element);
  }

  /** What changes with time alone. */
  tick() {
    this.hour.textContent = hourOf(now());
    for (const {at, label} of this.days.values())
      if (label.textContent !== dayOf(at)) label.textContent = dayOf(at);
    const state = windowState(this.lastInbound);
    this.window.textContent = this.inPocket ? 'En el bolsillo: lo que llega queda sin leer' : state.text;
    this.window.classList.toggle('open', state.open && !this.inPocket);
    const typing = this.typingUntil > now();
    if (typing === this.typing.hidden) {
      this.typing.hidden = !typing;
      this.subtitle.textContent = typing ? 'escribiendo…' : 'Alcaldía de Cartagena';
      if (typing) this.toEnd();
    }
  }

  // --- acts of the citizen

  async act(doing) {
    try {
      await doing();
      this.problem.hidden = true;
      return true;
    } catch (error) {
      this.problem.textContent = `No se pudo enviar: ${error.message}`;
      this.problem.hidden = false;
      return false;
    }
  }

  async sendText() {
    const text = this.input.value.trim();
    if (text === '') return;
    this.clearInput();
    if (!await this.act(() => api.text(this.id, text))) this.input.value = text;
  }

  attach() {
    this.sheet.open('Adjuntar', attachments((blob) => this.sendImage(blob), (one) => this.sendPlace(one)));
  }

  async sendImage(blob) {
    const caption = this.input.value.trim();
    this.sheet.close();
    if (await this.act(() => api.image(this.id, blob, caption))) this.clearInput();
  }

  sendPlace(one, context) {
    this.sheet.close();
    this.act(() => api.location(this.id, one, context));
  }

  onKey(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.sendText();
  }

  clearInput() {
    this.input.value = '';
    this.fitInput();
  }

  fitInput() {
    const lines = this.input.value.split('\n').length;
    this.input.rows = Math.min(4, Math.max(lines, Math.ceil(this.input.value.length / 34)));
  }

  // --- whether somebody looks

  isOpen() {
    return this.inView && !this.inPocket && document.visibilityState === 'visible';
  }

  putAway(away) {
    this.inPocket = away;
    this.element.classList.toggle('away', away);
    this.pocket.setAttribute('aria-pressed', String(away));
    this.pocket.setAttribute('aria-label', away ? 'Sacar el teléfono' : 'Guardar el teléfono');
    this.thread.inert = this.form.inert = away;
    this.tick();
    this.tellOpen();
  }

  tellOpen() {
    const open = this.isOpen();
    if (open) this.count(0);
    if (open === this.told) return;
    this.told = open;
    api.open(this.id, open).catch(() => { this.told = !open; });
  }

  count(unread) {
    this.unread = unread;
    this.badge.textContent = String(unread);
    this.badge.hidden = unread === 0;
    this.badge.setAttribute('aria-label', `${unread} sin leer`);
  }

  remove() {
    this.watcher.disconnect();
    this.element.remove();
    this.tab.remove();
  }
}
