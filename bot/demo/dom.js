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
  accepted: ['M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 4.500V8l2.500 1.500'],
  sent: ['M3 8.500l3.200 3.200L13 4.800'],
  double: ['M1 8.500l3.200 3.200L11 4.800', 'M7.500 11l.7.7L15 4.800'],
  failed: ['M8 1.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM8 4.500v4.200M8 11v.3'],
  send: ['M2 8l12-5.500L10.500 14 8 9z'],
  plus: ['M8 3v10M3 8h10'],
  list: ['M3 4.500h.01M6 4.500h7M3 8h.01M6 8h7M3 11.500h.01M6 11.500h7'],
  reply: ['M6.500 3.500L2.500 7.500l4 4M2.500 7.500h6.500a4.500 4.500 0 0 1 4.500 4.500v.5'],
  link: ['M6.500 3.500H3v9.500h9.500V9.500M9 2.500h4.500V7M13.500 2.500L7.500 8.500'],
  pin: ['M8 14.500S3 9.800 3 6.300a5 5 0 0 1 10 0c0 3.500-5 8.200-5 8.200z', 'M8 7.800a1.600 1.600 0 1 0 0-3.200 1.600 1.600 0 0 0 0 3.200z'],
  file: ['M4 1.500h5.500L12.500 4.500v10H4zM9.500 1.500v3h3'],
  photo: ['M2 3.500h12v9H2zM2 11l3.500-3.500 3 3 2-2L14 12M10.500 6.200h.01'],
  person: ['M8 8a2.800 2.800 0 1 0 0-5.600A2.800 2.800 0 0 0 8 8zM2.800 14c.6-3 2.700-4.500 5.200-4.500s4.600 1.500 5.200 4.500'],
  close: ['M4 4l8 8M12 4l-8 8'],
  pocket: ['M3 3.500h10v6a5 5 0 0 1-10 0zM6 6.500l2 2 2-2'],
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
