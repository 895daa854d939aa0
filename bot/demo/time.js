// The emulator's clock, which can be set forward, and how moments read in Cartagena.

const zone = 'America/Bogota';
const format = (options) => new Intl.DateTimeFormat('es-CO', {timeZone: zone, ...options});
const hour = format({hour: 'numeric', minute: '2-digit'});
const day = format({day: 'numeric', month: 'long', year: 'numeric'});
const full = format({weekday: 'short', day: 'numeric', month: 'short', year: 'numeric',
                     hour: 'numeric', minute: '2-digit'});
const MINUTE = 60_000;
const WINDOW = 24 * 60 * MINUTE;

let offset = 0;

export function setNow(milliseconds) {
  offset = milliseconds - Date.now();
}

export function now() {
  return Date.now() + offset;
}

export const hourOf = (at) => hour.format(at);
export const fullDate = (at) => full.format(at);

/** The day itself, the same whenever it is asked. */
export const dateOf = (at) => day.format(at);

/** The day as one calls it now. */
export function dayOf(at) {
  const text = dateOf(at);
  if (text === dateOf(now())) return 'Hoy';
  if (text === dateOf(now() - WINDOW)) return 'Ayer';
  return text;
}

/** What the 24-hour window allows: {open, text}. */
export function windowState(lastInbound) {
  if (lastInbound === null) return {open: false, text: 'Aún no ha escrito'};
  const left = lastInbound + WINDOW - now();
  if (left <= 0) return {open: false, text: 'Ventana de 24 horas cerrada'};
  const minutes = Math.ceil(left / MINUTE);
  const parts = [[Math.floor(minutes / 60), 'h'], [minutes % 60, 'min']];
  const rest = parts.filter(([value]) => value > 0).map((part) => part.join(' ')).join(' ');
  return {open: true, text: `Ventana abierta: quedan ${rest}`};
}
