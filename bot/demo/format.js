// WhatsApp's own marks — *negrita*, _cursiva_, ~tachado~, `código`, ```bloque```, "> cita", "- punto"
// — and links, as elements. Nothing is ever parsed as HTML.

import {h} from './dom.js';

const marks = {'*': 'strong', '_': 'em', '~': 's', '`': 'code'};
// A web address, a bare domain of the government, or an e-mail address.
const address = /(https?:\/\/[^\s<>"]+)|\b((?:www\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.gov\.co)[^\s<>"]*)|\b([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/giu;
const wordy = /[\p{L}\p{N}]/u;

/** Cuts what punctuation of the sentence clings to the end of an address. */
function trim(text) {
  let end = text.length;
  while (end > 0 && '.,;:!?)»”\'*_~'.includes(text[end - 1])) {
    const kept = text.slice(0, end);
    if (kept.endsWith(')') && kept.split('(').length >= kept.split(')').length) break;
    --end;
  }
  return text.slice(0, end);
}

/** Only addresses a browser may open without harm. */
export function safeUrl(text) {
  try {
    const url = new URL(text);
    return ['https:', 'http:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function linkTo(text, target) {
  const url = safeUrl(target);
  if (url === null) return text;
  return h('a', {href: url, target: '_blank', rel: 'noopener noreferrer'}, text);
}

function findLinks(text) {
  const found = [];
  for (const match of text.matchAll(address)) {
    // The right half of an e-mail address looks like a domain of its own.
    if (match[2] && text[match.index - 1] === '@') continue;
    const shown = trim(match[0]);
    const target = match[1] ? shown : match[2] ? `https://${shown}` : `mailto:${shown}`;
    found.push({start: match.index, end: match.index + shown.length, node: linkTo(shown, target)});
  }
  return found;
}

/** The end of the span that the mark at `start` opens, or -1: marks hug their words, outside links. */
function closing(text, start, links) {
  const mark = text[start];
  if (text[start + 1] === undefined || /\s/.test(text[start + 1]) || text[start + 1] === mark) return -1;
  if (start > 0 && wordy.test(text[start - 1])) return -1;
  for (let at = text.indexOf(mark, start + 2); at !== -1; at = text.indexOf(mark, at + 1)) {
    const after = text[at + 1];
    if (links.some((link) => at >= link.start && at < link.end)) continue;
    if (!/\s/.test(text[at - 1]) && (after === undefined || !wordy.test(after))) return at;
  }
  return -1;
}

function inline(text) {
  const nodes = [];
  const links = findLinks(text);
  let plain = '';
  const flush = () => {
    if (plain) nodes.push(plain);
    plain = '';
  };
  for (let at = 0; at < text.length;) {
    const link = links.find((one) => one.start === at);
    if (link) {
      flush();
      nodes.push(link.node);
      at = link.end;
      continue;
    }
    const tag = marks[text[at]];
    const end = tag ? closing(text, at, links) : -1;
    if (end === -1) {
      plain += text[at++];
      continue;
    }
    flush();
    const inner = text.slice(at + 1, end);
    nodes.push(h(tag, {}, ...(tag === 'code' ? [inner] : inline(inner))));
    at = end + 1;
  }
  flush();
  return nodes;
}

function line(text) {
  if (text.startsWith('> ')) return h('blockquote', {}, ...inline(text.slice(2)));
  const point = /^([-*]|\d{1,2}\.) (.+)$/.exec(text);
  if (!point) return h('div', {class: 'line'}, ...(text === '' ? ['\u200b'] : inline(text)));
  const sign = point[1].endsWith('.') ? point[1] : '•';
  return h('div', {class: 'line point'}, h('span', {class: 'sign'}, sign),
           h('span', {}, ...inline(point[2])));
}

/** The text as a list of block elements. */
export function formatted(text) {
  const pieces = text.split('```');
  if (pieces.length % 2 === 0) {
    const unclosed = pieces.pop();
    pieces[pieces.length - 1] += '```' + unclosed;
  }
  return pieces.flatMap((piece, index) => {
    if (index % 2 === 1) return [h('pre', {}, piece.replace(/^\n|\n$/g, ''))];
    // A block stands on lines of its own: the breaks around it belong to it.
    const begin = index > 0 && piece.startsWith('\n') ? 1 : 0;
    const end = index < pieces.length - 1 && piece.endsWith('\n') ? -1 : undefined;
    const source = piece.slice(begin, end);
    return source === '' ? [] : source.split('\n').map(line);
  });
}
