// Builds wwwroot/lib: one style sheet, one script, the typeface, an icon sprite and a picture, each named by its content, and assets.json that
// tells the pages those names. Several builds may run at once (the service's, its tests'), so one works and the others wait for it.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { card } from './card.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'wwwroot', 'lib');
const listing = join(out, 'assets.json');
const lock = `${out}.lock`;
const icons = [
  'accessibility', 'arrow-left', 'arrow-right', 'baby', 'badge-check', 'calendar', 'calendar-plus', 'clock', 'door-open', 'file-check', 'globe', 'hand',
  'list-filter', 'map-pin', 'pencil', 'plus', 'search', 'sprout', 'user', 'x',
];

const sources = () => [
  'package-lock.json', '.npmrc', 'assets/build.mjs',
  ...readdirSync(join(root, 'assets'), { recursive: true }).map(name => join('assets', name)),
].filter((name, at, all) => all.indexOf(name) === at && statSync(join(root, name)).isFile()).sort();

const fingerprint = () => {
  const hash = createHash('sha256');
  for (const name of sources()) hash.update(name).update(readFileSync(join(root, name)));
  return hash.digest('hex');
};

const isCurrent = print => existsSync(listing) && JSON.parse(readFileSync(listing, 'utf8')).sources === print;

async function alone(work) {
  for (;;) {
    try {
      mkdirSync(dirname(lock), { recursive: true });
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      // A build that was killed leaves its lock behind; none works longer than this.
      if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 180_000) rmSync(lock, { recursive: true, force: true });
      await pause(200);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function install() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  const wanted = join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  execFileSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--ignore-scripts', '--loglevel=error'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

function sprite() {
  const symbols = icons.map(name => {
    const svg = readFileSync(join(root, 'node_modules', 'lucide-static', 'icons', `${name}.svg`), 'utf8');
    const inner = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).replace(/\s*\n\s*/g, '');
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
}

async function build(print) {
  install();
  const { build: bundle } = await import('esbuild');
  const next = `${out}.${process.pid}`;
  rmSync(next, { recursive: true, force: true });
  const result = await bundle({
    absWorkingDir: root,
    entryPoints: { site: 'assets/site.css', script: 'assets/site.js', map: 'assets/map.js', mapstyle: 'assets/map.css' },
    bundle: true, minify: true, format: 'esm', target: ['es2022', 'chrome111', 'firefox115', 'safari16.4'],
    loader: { '.woff2': 'file', '.png': 'file' }, entryNames: '[name]-[hash]', assetNames: '[name]-[hash]', outdir: next,
    legalComments: 'none', logLevel: 'warning', metafile: true,
  });
  const names = Object.keys(result.metafile.outputs).map(path => path.slice(path.lastIndexOf('/') + 1));
  const put = (name, kind, content) => {
    const hashed = `${name}-${createHash('sha256').update(content).digest('hex').slice(0, 8)}.${kind}`;
    writeFileSync(join(next, hashed), content);
    return hashed;
  };
  const part = path => readFileSync(join(root, 'node_modules', path));
  writeFileSync(join(next, 'assets.json'), JSON.stringify({
    style: names.find(n => /^site-.*css$/.test(n)), script: names.find(n => /^script-.*js$/.test(n)), type: names.find(n => n.includes('latin-wght')),
    icons: put('icons', 'svg', sprite()), card: put('card', 'png', card()),
    map: names.find(n => /^map-.*js$/.test(n)), mapStyle: names.find(n => /^mapstyle-.*css$/.test(n)),
    world: put('world', 'json', part('world-atlas/countries-50m.json')), states: put('states', 'json', part('us-atlas/states-10m.json')),
    sources: print,
  }));
  rmSync(out, { recursive: true, force: true });
  renameSync(next, out);
}

const print = fingerprint();
if (!isCurrent(print)) {
  await alone(async () => {
    if (!isCurrent(print)) await build(print);
  });
}
