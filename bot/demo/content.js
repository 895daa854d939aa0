// What a message shows: one function per kind of the Cloud API, each giving the elements of the
// bubble and the buttons that hang below it.

import {api} from './api.js';
import {h, hidden, icon} from './dom.js';
import {formatted, safeUrl} from './format.js';

const file = (name, detail) => h('div', {class: 'file'}, icon('file'),
    h('span', {}, name), detail ? h('small', {}, detail) : null);

function picture(medium, caption) {
  if (!medium.id) return file('Imagen de internet', medium.link);
  const alt = caption ? `Imagen: ${caption}` : 'Imagen sin descripción';
  return h('img', {class: 'picture', src: api.mediaUrl(medium.id), alt, width: 260, height: 195});
}

function place(location) {
  const where = `${location.latitude.toFixed(4)}, ${location.longitude.toFixed(4)}`;
  return h('div', {class: 'place'}, h('div', {class: 'map'}, icon('pin')),
      h('strong', {}, location.name ?? 'Ubicación'),
      location.address ? h('span', {}, location.address) : null, h('small', {}, where));
}

function frame(header, body, footer) {
  const top = typeof header === 'string' ? header : header?.text;
  const medium = header?.image ?? null;
  return [
    medium ? picture(medium, '') : null,
    header?.document ? file(header.document.filename ?? 'Documento') : null,
    top ? h('div', {class: 'header'}, top) : null,
    h('div', {class: 'text'}, ...formatted(body)),
    footer ? h('div', {class: 'footer'}, footer) : null,
  ];
}

function button(label, name, testid, onclick) {
  return h('button', {type: 'button', class: 'hanging', testid, onclick}, icon(name), h('span', {}, label));
}

function anchor(label, url) {
  return h('a', {class: 'hanging', testid: 'cta-link', href: safeUrl(url) ?? '#', target: '_blank',
                 rel: 'noopener noreferrer'},
           icon('link'), h('span', {}, label), hidden(' (se abre en otra pestaña)'));
}

function interactive(message, acts) {
  const {type, header, body, footer, action} = message;
  // What citizens answer with.
  if (type === 'button_reply' || type === 'list_reply') {
    const {title, description} = message[type];
    return {body: [h('div', {class: 'text'}, title),
                   description ? h('div', {class: 'footer'}, description) : null]};
  }
  if (!body) return {body: [h('div', {class: 'text'}, 'Respuesta interactiva')]};
  const shown = frame(header, body.text, footer?.text);
  if (type === 'button')
    return {body: shown, buttons: action.buttons.map(({reply}) =>
      button(reply.title, 'reply', 'reply-button', () => acts.tap(reply.id)))};
  if (type === 'list')
    return {body: shown, buttons: [button(action.button, 'list', 'list-open', () => acts.openList(action))]};
  if (type === 'cta_url')
    return {body: shown, buttons: [anchor(action.parameters.display_text, action.parameters.url)]};
  if (type === 'location_request_message')
    return {body: shown, buttons: [button('Enviar ubicación', 'pin', 'share-location', acts.askLocation)]};
  if (type === 'request_contact_info')
    return {body: shown, buttons: [button('Compartir mi número', 'person', 'share-contact', acts.shareContact)]};
  return {body: shown};
}

function template(filled, acts) {
  const buttons = filled.buttons.map((one) => {
    if (one.type === 'QUICK_REPLY') return button(one.text, 'reply', 'reply-button', () => acts.tap(one.payload));
    if (one.type === 'URL') return anchor(one.text, one.url);
    return h('span', {class: 'hanging'}, one.text);
  });
  return {body: frame(filled.media ?? filled.header, filled.body, filled.footer), buttons};
}

const kinds = {
  text: (text) => ({body: [h('div', {class: 'text'}, ...formatted(text.body))]}),
  image: (image) => ({body: [picture(image, image.caption),
                             image.caption ? h('div', {class: 'text'}, ...formatted(image.caption)) : null]}),
  document: (one) => ({body: [file(one.filename ?? 'Documento'),
                              one.caption ? h('div', {class: 'text'}, ...formatted(one.caption)) : null]}),
  audio: () => ({body: [file('Audio')]}),
  video: (one) => ({body: [file('Video', one.caption)]}),
  sticker: () => ({body: [file('Sticker')]}),
  location: (location) => ({body: [place(location)]}),
  contacts: ([one]) => ({body: [file('Contacto', one?.name?.formatted_name ?? one?.phones?.[0]?.phone)]}),
  reaction: ({emoji}) => ({body: [h('div', {class: 'text'}, emoji ? `Reaccionó ${emoji}` : 'Quitó su reacción')]}),
  button: (one) => ({body: [h('div', {class: 'text'}, one.text)]}),
  interactive,
  template,
};

/**
 * {body, buttons} of a message. `acts` is what its buttons do: tap(id), openList(action),
 * askLocation(), shareContact().
 */
export function shown(content, acts) {
  const kind = kinds[content.type];
  const value = content[content.type];
  if (!kind || value === undefined)
    return {body: [h('div', {class: 'text'}, `Mensaje de tipo «${content.type}»`)], buttons: []};
  return {buttons: [], ...kind(value, acts)};
}

/** A line that stands for the message where it is quoted. */
export function summary(content) {
  const value = content[content.type] ?? {};
  const text = value.body?.text ?? value.body ?? value.button_reply?.title ?? value.list_reply?.title ??
      value.caption ?? value.text;
  if (typeof text === 'string' && text) return text;
  return {image: 'Foto', location: 'Ubicación', document: 'Documento', audio: 'Audio'}[content.type] ?? 'Mensaje';
}
