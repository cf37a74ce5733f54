// Prints the events of the calendar in a file as ical.js reads it, strictly, one a line.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

ICAL.design.strict = true;
const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], 'utf8')));
for (const part of calendar.getAllSubcomponents('vevent')) {
  const { uid, sequence, summary, startDate, endDate } = new ICAL.Event(part, { strictExceptions: true });
  const [stamp, changed] = ['dtstamp', 'last-modified'].map(name => part.getFirstPropertyValue(name).toString());
  if (stamp !== changed || part.getFirstPropertyValue('status') !== 'CONFIRMED') process.exit(1);
  console.log([uid, sequence, summary, startDate.toString(), endDate.toString()].join(' '));
}
