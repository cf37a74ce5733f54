// Draws the picture that messengers show beside a link: plaster, the one thin line, and the lamp where it rests. A PNG of 1200 × 630
// needs no more than this, so there is no image library to install.
import { deflateSync } from 'node:zlib';

const width = 1200, height = 630;
const plaster = [0xf5, 0xf3, 0xee], dusk = [0x1e, 0x5b, 0x66], lamp = [0xf2, 0xd0, 0x8a];

// The curve of Pages/Shared/_Line.cshtml, as points: M0 60 H170 C300 60 330 12 440 12 S590 92 690 92 S850 60 960 60 H1200.
const curves = [
  [[170, 60], [300, 60], [330, 12], [440, 12]],
  [[440, 12], [550, 12], [590, 92], [690, 92]],
  [[690, 92], [790, 92], [850, 60], [960, 60]],
];

function line() {
  const points = [[0, 60], [170, 60]];
  for (const [a, b, c, d] of curves) {
    for (let i = 1; i <= 200; i++) {
      const t = i / 200, s = 1 - t;
      points.push([0, 1].map(k => s ** 3 * a[k] + 3 * s * s * t * b[k] + 3 * s * t * t * c[k] + t ** 3 * d[k]));
    }
  }
  points.push([1200, 60]);
  return points.map(([x, y]) => [x, height / 2 + (y - 55) * 2.6]);
}

// How far a point is from the stretch between two others.
function distance([px, py], [ax, ay], [bx, by]) {
  const dx = bx - ax, dy = by - ay;
  const t = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}

function draw() {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(plaster, y * (1 + width * 3) + 1 + x * 3);
  }
  const mix = (x, y, colour, share) => {
    const at = y * (1 + width * 3) + 1 + x * 3;
    for (let k = 0; k < 3; k++) rows[at + k] = Math.round(rows[at + k] * (1 - share) + colour[k] * share);
  };
  const points = line();
  const cover = new Float32Array(width * height);
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    for (let y = Math.max(0, Math.floor(Math.min(a[1], b[1]) - 4)); y <= Math.min(height - 1, Math.max(a[1], b[1]) + 4); y++) {
      for (let x = Math.max(0, Math.floor(Math.min(a[0], b[0]) - 4)); x <= Math.min(width - 1, Math.max(a[0], b[0]) + 4); x++) {
        cover[y * width + x] = Math.max(cover[y * width + x], Math.min(1, Math.max(0, 2.5 - distance([x + 0.5, y + 0.5], a, b))));
      }
    }
  }
  cover.forEach((share, i) => share && mix(i % width, Math.floor(i / width), dusk, share));
  const [restX, restY, radius] = [1080, height / 2 + 13, 22];
  for (let y = Math.floor(restY - radius - 3); y <= restY + radius + 3; y++) {
    for (let x = restX - radius - 3; x <= restX + radius + 3; x++) {
      const away = Math.hypot(x + 0.5 - restX, y + 0.5 - restY);
      mix(x, y, dusk, Math.min(1, Math.max(0, radius + 2.5 - away)));
      mix(x, y, lamp, Math.min(1, Math.max(0, radius - away)));
    }
  }
  return rows;
}

// Node's own came with version 20.15.
function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

// The bytes of a PNG.
export function card() {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head), chunk('IDAT', deflateSync(draw(), { level: 9 })), chunk('IEND', Buffer.alloc(0)),
  ]);
}
