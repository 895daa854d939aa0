// One bubble of a thread: what it shows, its hour and its ticks.

import {shown, summary} from './content.js';
import {h, hidden, icon} from './dom.js';
import {formatted} from './format.js';
import {hourOf} from './time.js';

// A citizen's message: one tick when WhatsApp has it, two when Catalina has, blue once she read it.
const mine = {
  accepted: ['sent', 'Enviado'],
  delivered: ['double', 'Recibido por Catalina'],
  read: ['double', 'Leído por Catalina'],
};
const theirs = {
  accepted: ['accepted', 'En camino'],
  sent: ['sent', 'Enviado'],
  delivered: ['double', 'Entregado'],
  read: ['double', 'Leído'],
  failed: ['failed', 'No llegó'],
};

// Why a message did not arrive, for people; the codes are Meta's.
const reasons = {
  131026: 'Este número no está en WhatsApp.',
  131042: 'Se acabaron los mensajes gratis y la cuenta no tiene medio de pago.',
  131047: 'Pasaron más de 24 horas desde el último mensaje de esta persona.',
  131048: 'Se alcanzó el límite de personas por día.',
  131050: 'Esta persona pidió no recibir publicidad.',
};

function ticks(bubble) {
  const [name, label] = (bubble.mine ? mine : theirs)[bubble.tick] ?? ['accepted', bubble.tick];
  return h('span', {class: `tick ${bubble.tick}`, testid: 'tick', 'data-tick': bubble.tick, title: label},
           icon(name), hidden(label));
}

function quote(content) {
  return h('div', {class: 'quote'}, hidden('En respuesta a: '),
           h('div', {class: 'text'}, ...formatted(summary(content).split('\n')[0])));
}

export class Bubble {
  /** `quoted`: the message it answers, if it is still there. `acts` as in content.js. */
  constructor(data, quoted, acts) {
    const {body, buttons} = shown(data.content, acts);
    this.data = data;
    this.tick = ticks(data);
    this.problem = h('div', {class: 'problem', testid: 'problem', hidden: true});
    this.element = h('div', {class: `message ${data.mine ? 'mine' : 'theirs'}`, testid: 'message',
                             'data-wamid': data.wamid, 'data-from': data.mine ? 'citizen' : 'bot'},
      h('div', {class: 'bubble', testid: 'bubble'},
        hidden(data.mine ? 'Tú: ' : 'Catalina: '),
        quoted ? quote(quoted.content) : null,
        ...body,
        h('div', {class: 'meta', 'aria-live': 'off'}, h('time', {datetime: new Date(data.at).toISOString()}, hourOf(data.at)), this.tick),
        this.problem),
      buttons.length ? h('div', {class: 'hangings'}, ...buttons) : null);
    this.update(data);
  }

  /** Only ticks and failure change after a message was written. */
  update(data) {
    this.data = data;
    const tick = ticks(data);
    this.tick.replaceWith(tick);
    this.tick = tick;
    // What is still on its way has not reached this phone.
    this.element.hidden = !data.mine && data.tick === 'accepted';
    this.element.classList.toggle('lost', data.tick === 'failed');
    this.problem.hidden = data.tick !== 'failed';
    if (data.tick === 'failed')
      this.problem.textContent = `No llegó. ${reasons[data.code] ?? data.problem} (${data.code})`;
  }
}
