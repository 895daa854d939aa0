// The page: follows the emulator by long polling and keeps a phone for every citizen.

import {api} from './api.js';
import {h} from './dom.js';
import {watchForm} from './phone-form.js';
import {Phone} from './phone.js';
import {fullDate, now, setNow} from './time.js';

const RETRY = [500, 1000, 2000, 5000];  // milliseconds between attempts while the emulator is away

const byId = (id) => document.getElementById(id);
const phones = new Map();
let run = null;
let revision = 0;
let wanted = null;  // the phone made on this page, selected when it comes with an update

function say(text) {
  byId('notice').textContent = text;
  byId('notice').hidden = text === '';
}

function select(id) {
  for (const phone of phones.values()) {
    const chosen = phone.id === id;
    phone.element.classList.toggle('selected', chosen);
    phone.tab.setAttribute('aria-current', String(chosen));
  }
  const {element} = phones.get(id);
  const row = byId('phones');
  row.scrollTo({left: element.offsetLeft - row.offsetLeft - (row.clientWidth - element.offsetWidth) / 2});
  phones.get(id).toEnd();
}

function put(data) {
  const known = phones.get(data.id);
  if (known) return known.update(data);
  const phone = new Phone(data);
  phones.set(data.id, phone);
  phone.tab.addEventListener('click', () => select(data.id));
  byId('tabs').append(phone.tab);
  byId('phones').append(phone.element);
  phone.toEnd();
  if (phones.size === 1 || data.id === wanted) select(data.id);
}

function showCost({charged_micros, currency, delivered, free_left}) {
  const money = new Intl.NumberFormat('es-CO', {style: 'currency', currency, minimumFractionDigits: 4});
  const messages = delivered === 1 ? '1 mensaje' : `${delivered} mensajes`;
  byId('cost').replaceChildren(`${money.format(charged_micros / 1e6)} · ${messages}`,
      h('span', {class: 'more'}, `, ${free_left} gratis por usar`));
}

function showTime() {
  byId('clock').textContent = fullDate(now());
  byId('clock').dateTime = new Date(now()).toISOString();
  for (const phone of phones.values()) phone.tick();
}

function take(update) {
  if (run !== null && update.run !== run) {
    // The emulator was started anew: nothing on the page exists any more.
    phones.forEach((phone) => phone.remove());
    phones.clear();
    revision = 0;
    wanted = null;
    run = null;
    return;
  }
  run = update.run;
  revision = update.revision;
  setNow(update.now);
  update.phones.forEach(put);
  showCost(update.ledger);
  showTime();
}

async function follow() {
  for (let failures = 0;;) {
    try {
      take(await api.updates(revision));
      failures = 0;
      say('');
    } catch {
      say('Sin conexión con el emulador. Intentando de nuevo…');
      await new Promise((resolve) => setTimeout(resolve, RETRY[Math.min(failures++, RETRY.length - 1)]));
    }
  }
}

byId('advance').addEventListener('click', async () => {
  try {
    await api.advanceDay();
  } catch (error) {
    say(error.message);
  }
});
watchForm(byId('phone-form'), byId('new-phone'), (phone) => api.createPhone(phone), (id) => {
  wanted = id;
  if (phones.has(id)) select(id);
});
document.addEventListener('visibilitychange', () => phones.forEach((phone) => phone.tellOpen()));
window.addEventListener('pagehide', () => phones.forEach((phone) => phone.told && api.open(phone.id, false).catch(() => {})));
setInterval(showTime, 1000);
follow();
