// The phone interface of the emulator (bot/emulator/README.md).

async function answer(response) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    // An answer without JSON is explained by its status alone.
  }
  if (!response.ok) throw new Error(body.error ?? `El emulador respondió ${response.status}`);
  return body;
}

async function post(path, body, keepalive = false) {
  return answer(await fetch(`api/${path}`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(body),
    keepalive,
  }));
}

export const api = {
  updates: async (after, signal) => answer(await fetch(`api/updates?after=${after}`, {signal})),
  createPhone: (phone) => post('phones', phone),
  advanceDay: () => post('clock', {}),
  text: (phone, text) => post(`phones/${phone}`, {text}),
  tap: (phone, context, id) => post(`phones/${phone}`, {tap: id, context}),
  location: (phone, location, context) => post(`phones/${phone}`, {location, context}),
  contact: (phone, context) => post(`phones/${phone}`, {contact: true, context}),
  open: (phone, open) => post(`phones/${phone}`, {open}, true),
  image: async (phone, blob, caption) => answer(await fetch(
      `api/phones/${phone}/image?caption=${encodeURIComponent(caption)}`,
      {method: 'POST', headers: {'Content-Type': blob.type}, body: blob})),
  mediaUrl: (id) => `api/media/${encodeURIComponent(id)}`,
};
