// Pictures and places a citizen can send: from this computer, or invented samples drawn here, so
// that trying needs no file at hand.

import {h, icon} from './dom.js';

export const places = [
  {name: 'Torre del Reloj', address: 'Centro, Cartagena de Indias', latitude: 10.4230, longitude: -75.5490},
  {name: 'Castillo de San Felipe', address: 'Pie del Cerro', latitude: 10.4226, longitude: -75.5391},
  {name: 'Parque de Manga', address: 'Manga', latitude: 10.4129, longitude: -75.5362},
  {name: 'Mercado de Bazurto', address: 'Bazurto', latitude: 10.4136, longitude: -75.5246},
  {name: 'El Pozón', address: 'Localidad de la Virgen y Turística', latitude: 10.4034, longitude: -75.4610},
];

function paint(canvas, colors, draw) {
  const pen = canvas.getContext('2d');
  canvas.width = 480;
  canvas.height = 360;
  const sky = pen.createLinearGradient(0, 0, 0, 360);
  sky.addColorStop(0, colors[0]);
  sky.addColorStop(1, colors[1]);
  pen.fillStyle = sky;
  pen.fillRect(0, 0, 480, 360);
  draw(pen);
}

function shape(pen, color, points) {
  pen.fillStyle = color;
  pen.beginPath();
  points.forEach(([x, y]) => pen.lineTo(x, y));
  pen.fill();
}

function oval(pen, color, x, y, rx, ry) {
  pen.fillStyle = color;
  pen.beginPath();
  pen.ellipse(x, y, rx, ry, 0, 0, Math.PI * 2);
  pen.fill();
}

const samples = [
  {name: 'Hueco en la vía', draw: (canvas) => paint(canvas, ['#9fd3e8', '#f6e7c8'], (pen) => {
    shape(pen, '#6b6f76', [[60, 360], [200, 150], [280, 150], [420, 360]]);
    shape(pen, '#f4d35e', [[234, 360], [238, 150], [242, 150], [248, 360]]);
    oval(pen, '#2c2e33', 262, 286, 62, 24);
    oval(pen, '#4a3b2c', 262, 290, 46, 15);
  })},
  {name: 'Poste sin luz', draw: (canvas) => paint(canvas, ['#101a3a', '#3a2f5b'], (pen) => {
    shape(pen, '#c9b8a0', [[40, 360], [40, 200], [170, 200], [170, 360]]);
    shape(pen, '#8f5b4a', [[28, 200], [105, 150], [182, 200]]);
    shape(pen, '#20232c', [[300, 360], [300, 90], [310, 90], [310, 360]]);
    shape(pen, '#20232c', [[305, 96], [305, 88], [380, 88], [380, 96]]);
    oval(pen, '#565b6b', 380, 100, 20, 9);
    oval(pen, '#f3efe2', 420, 60, 22, 22);
  })},
  {name: 'Calle inundada', draw: (canvas) => paint(canvas, ['#8fa3ad', '#c8d4d8'], (pen) => {
    shape(pen, '#e9a15b', [[30, 240], [30, 110], [150, 110], [150, 240]]);
    shape(pen, '#4f9d8f', [[160, 240], [160, 80], [290, 80], [290, 240]]);
    shape(pen, '#d66b5f', [[300, 240], [300, 120], [450, 120], [450, 240]]);
    shape(pen, '#6f7f6a', [[0, 230], [480, 222], [480, 360], [0, 360]]);
    for (const y of [255, 290, 325]) shape(pen, '#93a38d', [[40, y], [440, y - 8], [440, y - 4], [40, y + 4]]);
  })},
];

function sampleButton(sample, send) {
  const canvas = h('canvas', {'aria-hidden': 'true'});
  sample.draw(canvas);
  const give = () => canvas.toBlob((blob) => send(blob), 'image/jpeg', 0.85);
  return h('button', {type: 'button', class: 'sample', testid: 'sample-image', onclick: give}, canvas,
           h('span', {}, sample.name));
}

function placeButton(one, send) {
  return h('button', {type: 'button', class: 'row', testid: 'place', onclick: () => send(one)},
      h('span', {class: 'row-title'}, one.name), h('span', {class: 'row-description'}, one.address));
}

const section = (title, ...content) => h('section', {}, h('h4', {}, title), ...content);

/** `sendImage(blob)` and `sendPlace(place)` are called with what was chosen. */
export function attachments(sendImage, sendPlace) {
  const input = h('input', {type: 'file', accept: 'image/jpeg,image/png', class: 'visually-hidden', tabindex: '-1',
                            'aria-hidden': 'true', testid: 'image-file',
                            onchange: () => input.files[0] && sendImage(input.files[0])});
  const choose = h('button', {type: 'button', class: 'row with-icon', testid: 'choose-image', onclick: () => input.click()},
                   icon('photo'), h('span', {class: 'row-title'}, 'Elegir una foto de este equipo'));
  return [
    section('Foto', choose, input, h('div', {class: 'samples'}, ...samples.map((one) => sampleButton(one, sendImage)))),
    section('Ubicación', ...locations(sendPlace)),
  ];
}

export function locations(sendPlace) {
  return places.map((one) => placeButton(one, sendPlace));
}
