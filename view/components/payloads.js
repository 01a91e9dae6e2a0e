// Heavy data come once and are kept under their hash: the small data of a click only name them. Here they are unpacked, kept and
// found again, and here is how packed numbers become rows.
const KEPT = 8; // payloads; the ones in use are always among the last
const carried = new Map();

export const waiting = new Set(); // the charts to draw anew when something arrives

/** Keeps what base64 of deflated JSON holds (a tenth of the bytes on the wire); packed numbers at its top level become rows. */
export async function receive(hash, packed) {
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const entries = Object.entries(await new Response(stream).json());
  keep(hash, Object.fromEntries(entries.map(([name, value]) => [name, value?.bdata ? rows(value) : value])));
  for (const chart of waiting) chart.draw();
}

function keep(hash, payload) {
  carried.delete(hash);
  carried.set(hash, payload);
  while (carried.size > KEPT) carried.delete(carried.keys().next().value);
}

/** The payload of this hash, which thereby is among the last used; undefined until it arrives. */
export function recall(hash) {
  const payload = carried.get(hash);
  if (payload) keep(hash, payload);
  return payload;
}

/** Packed numbers as rows of floats; null stays null. */
export function rows(packed) {
  if (!packed) return null;
  const bytes = Uint8Array.from(atob(packed.bdata), (c) => c.charCodeAt(0));
  const numbers = [...new Float32Array(bytes.buffer)];
  const width = Number(packed.shape.split(",")[1]);
  return Array.from({ length: numbers.length / width }, (_, i) => numbers.slice(i * width, (i + 1) * width));
}

/** A text with {0}, {1}, … filled in. */
export const filled = (text, values) => text.replace(/\{(\d)\}/g, (_, i) => values[i] ?? "");
