// Prints one case a line: a feed, a window, and the busy time that other readers find there, or null where one is known to be wrong.
// Instants are milliseconds since 1970.
import { readFileSync } from 'node:fs';
import { eventCases } from './events.mjs';
import { busyIn } from './feeds.mjs';
import { ruleCases } from './rules.mjs';

/** Files, the zones that their owners live in, and what the files call these. */
const SAMPLES = [
  ['google', 'America/New_York', 'America/New_York'],
  ['outlook', 'Europe/Berlin', 'W. Europe Standard Time'],
  ['icloud', 'Australia/Lord_Howe', 'Australia/Lord_Howe'],
  ['nextcloud', 'Europe/Dublin', '/freeassociation.sourceforge.net/Europe/Dublin'],
];

const tell = found => process.stdout.write(JSON.stringify(found) + '\n');

for (const [name, home, tzid] of SAMPLES) {
  const text = readFileSync(new URL(`../Calendars/Reading/Samples/${name}.ics`, import.meta.url), 'utf8');
  const [from, until] = [Date.UTC(2026, 0, 1), Date.UTC(2028, 0, 1)];
  tell({ name, home, from, until, text, ical: busyIn(text, tzid, from, until) });
}

for (const found of ruleCases(5545, 300))
  tell(found);
for (const found of eventCases(5546, 200))
  tell(found);
