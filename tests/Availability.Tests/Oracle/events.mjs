// Recurring events from a fixed seed, with exceptions, extra dates and changes, in zones that the file describes.
import ICAL from 'ical.js';
import { busyIn } from './feeds.mjs';
import { randomFrom } from './random.mjs';

const DAY = 86_400_000;

/** IANA name, offsets in winter and summer, and the rules by which summer begins and ends. */
const ZONES = [
  ['Europe/Berlin', '+0100', '+0200', '19960331T020000', 'BYMONTH=3;BYDAY=-1SU', '19961027T030000', 'BYMONTH=10;BYDAY=-1SU', 'W. Europe Standard Time'],
  ['America/New_York', '-0500', '-0400', '20070311T020000', 'BYMONTH=3;BYDAY=2SU', '20071104T020000', 'BYMONTH=11;BYDAY=1SU', 'Eastern Standard Time'],
  ['Australia/Sydney', '+1000', '+1100', '20081005T020000', 'BYMONTH=10;BYDAY=1SU', '20080406T030000', 'BYMONTH=4;BYDAY=1SU', 'AUS Eastern Standard Time'],
  ['Australia/Lord_Howe', '+1030', '+1100', '20081005T020000', 'BYMONTH=10;BYDAY=1SU', '20080406T020000', 'BYMONTH=4;BYDAY=1SU', 'Lord Howe Standard Time'],
];

export function* eventCases(seed, count) {
  const random = randomFrom(seed);
  for (let i = 0; i < count; i++) {
    const zone = ZONES[Math.floor(random() * ZONES.length)];
    // As programs call it: by its name, Windows' name, a name made unique in the world, or one that means nothing elsewhere.
    const tzid = [zone[0], zone[7], `/example.org/20260101_1/${zone[0]}`, 'Practice', 'Practice'][Math.floor(random() * 5)];
    const from = Date.UTC(2026, 0, 1) + Math.floor(random() * 500) * DAY;
    const until = from + 300 * DAY;
    const text = randomFeed(random, zone, tzid, from);
    yield { name: `event ${i}: ${text}`, home: zone[0], from, until, text, ical: busyIn(text, tzid, from, until) };
  }
}

function randomFeed(random, zone, tzid, from) {
  const chance = of => random() < of;
  const upTo = (most, least = 1) => least + Math.floor(random() * (most - least + 1));
  const one = list => list[Math.floor(random() * list.length)];

  // From eight to half past seven: ical.js takes the second of a repeated hour, and adds durations to what the wall shows.
  const days = from / DAY - upTo(700, 0);
  const start = ICAL.Time.fromJSDate(new Date(days * DAY + upTo(19 * 2 - 1, 8 * 2) * 30 * 60_000), true);
  start.zone = ICAL.Timezone.localTimezone;
  const allDay = chance(0.2);
  const floating = !allDay && chance(0.15);
  const utc = !allDay && !floating && chance(0.15);
  const written = time => time.toICALString().replace('Z', '').slice(0, allDay ? 8 : 15) + (utc ? 'Z' : '');
  const property = (name, values, parameters = '') =>
    `${name}${parameters}${allDay ? ';VALUE=DATE' : floating || utc ? '' : `;TZID=${tzid}`}:${values.map(written).join(',')}`;
  const moved = (time, amount) => { const other = time.clone(); other.adjust(amount.days ?? 0, amount.hours ?? 0, 0, 0); return other; };
  const length = () => allDay ? `P${upTo(3)}D` : one(['PT45M', 'PT1H', 'PT2H30M', 'P1D', 'P1DT1H', 'P1W']);

  const weekday = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][start.dayOfWeek() - 1];
  const rule = one([
    `FREQ=DAILY;INTERVAL=${upTo(20, 2)}`, `FREQ=WEEKLY;INTERVAL=${upTo(3)}`, `FREQ=WEEKLY;BYDAY=${weekday}`,
    `FREQ=MONTHLY;BYMONTHDAY=${start.day}`, `FREQ=MONTHLY;BYDAY=${Math.ceil(start.day / 7)}${weekday}`, 'FREQ=YEARLY',
  ]) + one(['', '', `;COUNT=${upTo(150)}`, `;UNTIL=${written(moved(start, { days: upTo(1200) })).slice(0, 8)}${allDay ? '' : 'T235959Z'}`]);

  const steps = ICAL.Recur.fromString(rule).iterator(start);
  const starts = [];
  for (let time = steps.next(); time && starts.length < 120; time = steps.next())
    starts.push(time.clone());
  const some = most => [...new Set(Array.from({ length: upTo(most) }, () => Math.floor(random() * starts.length)))].sort((a, b) => a - b).map(at => starts[at]);

  const event = [property('DTSTART', [start]), `DURATION:${length()}`, `RRULE:${rule}`];
  const excluded = chance(0.4) ? some(5) : [];
  if (excluded.length) event.push(property('EXDATE', excluded));
  if (chance(0.3)) event.push(property('RDATE', some(4).map(time => moved(time, allDay ? { days: upTo(40) } : { days: upTo(40), hours: 1 }))));
  // What is both excluded and changed ical.js leaves out; here the change counts.
  const changes = !chance(0.5) ? [] : some(4).filter(time => !excluded.includes(time)).map((time, at) => [
    property('RECURRENCE-ID', [time], at === 1 && chance(0.6) ? ';RANGE=THISANDFUTURE' : ''),
    property('DTSTART', [moved(time, { days: upTo(9, -9), hours: allDay ? 0 : upTo(1, 0) })]),
    `DURATION:${length()}`,
    ...(chance(0.2) ? ['STATUS:CANCELLED'] : []),
    ...(chance(0.2) ? ['TRANSP:TRANSPARENT'] : []),
  ]);

  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//EN', ...description(zone, tzid),
    ...[event, ...changes].flatMap(properties => ['BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20260101T000000Z', ...properties, 'SUMMARY:Busy', 'END:VEVENT']),
    'END:VCALENDAR', '',
  ];
  // Folded as the RFC has it.
  return lines.map(line => line.replace(/(.{74})(?=.)/g, '$1\r\n ')).join('\r\n');
}

function description([, winter, summer, summerFrom, summerRule, winterFrom, winterRule], tzid) {
  return [
    'BEGIN:VTIMEZONE', `TZID:${tzid}`,
    'BEGIN:DAYLIGHT', `DTSTART:${summerFrom}`, `TZOFFSETFROM:${winter}`, `TZOFFSETTO:${summer}`, `RRULE:FREQ=YEARLY;${summerRule}`, 'END:DAYLIGHT',
    'BEGIN:STANDARD', `DTSTART:${winterFrom}`, `TZOFFSETFROM:${summer}`, `TZOFFSETTO:${winter}`, `RRULE:FREQ=YEARLY;${winterRule}`, 'END:STANDARD',
    'END:VTIMEZONE',
  ];
}
