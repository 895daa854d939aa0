// Building elements. Text always goes in as text nodes, so nothing that anybody writes can become
// markup.

const SVG = 'http://www.w3.org/2000/svg';

function put(element, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'testid') element.dataset.testid = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** h('button', {type: 'button', onclick}, 'Enviar') */
export function h(tag, props, ...children) {
  return put(document.createElement(tag), props, children);
}

const paths = {
  accepted: ['M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 4.5V8l2.5 1.5'],
  sent: ['M3 8.5l3.2 3.2L13 4.8'],
  double: ['M1 8.5l3.2 3.2L11 4.8', 'M7.5 11l.7.7L15 4.8'],
  failed: ['M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 4.5v4.2M8 11v.3'],
  send: ['M2 8l12-5.5L10.5 14 8 9z'],
  plus: ['M8 3v10M3 8h10'],
  list: ['M3 4.5h.01M6 4.5h7M3 8h.01M6 8h7M3 11.5h.01M6 11.5h7'],
  reply: ['M6.5 3.5L2.5 7.5l4 4M2.5 7.5h6.5a4.5 4.5 0 0 1 4.5 4.5v.5'],
  link: ['M6.5 3.5H3v9.5h9.5V9.5M9 2.5h4.5V7M13.5 2.5L7.5 8.5'],
  pin: ['M8 14.5S3 9.8 3 6.3a5 5 0 0 1 10 0c0 3.5-5 8.2-5 8.2z',
        'M8 7.8a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2z'],
  file: ['M4 1.5h5.5L12.5 4.5v10H4zM9.5 1.5v3h3'],
  photo: ['M2 3.5h12v9H2zM2 11l3.5-3.5 3 3 2-2L14 12M10.5 6.2h.01'],
  person: ['M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.8 14c.6-3 2.7-4.5 5.2-4.5s4.6 1.5 5.2 4.5'],
  close: ['M4 4l8 8M12 4l-8 8'],
  pocket: ['M3 3.5h10v6a5 5 0 0 1-10 0zM6 6.5l2 2 2-2'],
};

/** A line drawing; decorative, so it is hidden from assistive technology. */
export function icon(name, className = 'icon') {
  const svg = document.createElementNS(SVG, 'svg');
  put(svg, {class: className, viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false'}, []);
  for (const d of paths[name]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** Words for screen readers only. */
export function hidden(text) {
  return h('span', {class: 'visually-hidden'}, text);
}
