// Recurrence rules from a fixed seed, each with a start that fits it, and what two other libraries make of them.
import ICAL from 'ical.js';
import rrule from 'rrule';
import { randomFrom } from './random.mjs';

const DAY = 86_400_000;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** As in 20261201T090000Z. */
const basic = instant => new Date(instant).toISOString().replace(/[-:]|\.\d+/g, '');

export function* ruleCases(seed, count) {
  const random = randomFrom(seed);
  for (let made = 0; made < count;) {
    const text = randomRule(random);
    // Close to the window where there are many, years before it where there are few.
    const span = { SECONDLY: DAY / 24, MINUTELY: 3 * DAY, HOURLY: 60 * DAY }[text.match(/FREQ=(\w+)/)[1]] ?? 500 * DAY;
    const from = Date.UTC(2026, 0, 1) + Math.floor(random() * 700) * DAY;
    const until = from + span;
    const sought = from - Math.floor(random() * 4 * span / 1000) * 1000;
    const unbounded = text.replace(/;(COUNT|UNTIL)=.*/, '') + `;UNTIL=${basic(until)}`;
    const start = rrule.rrulestr(`DTSTART:${basic(sought)}\nRRULE:${unbounded}`).after(new Date(sought - 1), true)?.getTime();
    if (start === undefined || start > until)
      continue;
    const rule = text.replace('UNTIL=?', () => `UNTIL=${basic(start + Math.floor(random() * (until - start) * 1.5))}`);
    made++;
    yield {
      name: `DTSTART:${basic(start)} RRULE:${rule}`,
      home: 'UTC', from, until,
      text: `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:${basic(start)}\r\nDURATION:PT1S\r\nRRULE:${rule}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`,
      rrule: byRrule(rule, start, from, until),
      ical: byIcal(rule, start, from, until),
    };
  }
}

const aSecond = instant => [instant, instant + 1000];

function byRrule(rule, start, from, until) {
  return rrule.rrulestr(`DTSTART:${basic(start)}\nRRULE:${rule}`).between(new Date(from), new Date(until - 1), true).map(date => aSecond(date.getTime()));
}

/** Nothing for shapes that ical.js 2.2 is known to get wrong. */
function byIcal(rule, start, from, until) {
  const part = name => rule.match(new RegExp(`\\b${name}=([^;]+)`))?.[1];
  const [frequency, setPositions, monthDays, months] = ['FREQ', 'BYSETPOS', 'BYMONTHDAY', 'BYMONTH'].map(part);
  const timesOfDay = [part('BYHOUR'), part('BYMINUTE'), part('BYSECOND')];
  const wrong =
    // BYWEEKNO is not implemented, BYYEARDAY is refused beside other parts.
    part('BYWEEKNO') || (part('BYYEARDAY') && (frequency !== 'YEARLY' || months || monthDays))
    // BYSETPOS is ignored but for some lists of BYDAY.
    || setPositions
    // Days from the end of the month are only known to MONTHLY.
    || (monthDays?.includes('-') && frequency !== 'MONTHLY')
    // Several times of a day are given on days that have none, or not on all that have them.
    || (['YEARLY', 'MONTHLY'].includes(frequency) && timesOfDay.some(times => times?.includes(',')))
    // It gives up in a month without a day that both allow.
    || (frequency === 'MONTHLY' && monthDays && part('BYDAY'))
    // BYMONTHDAY is read as days of DTSTART's month, ordinals are counted from the wrong end or leave the year.
    || (frequency === 'YEARLY' && ((monthDays && (!months || part('BYDAY'))) || (!months && /\d/.test(part('BYDAY')))))
    // INTERVAL is ignored beside a list of the same unit.
    || (part('INTERVAL') > 1 && { HOURLY: part('BYHOUR'), MINUTELY: part('BYMINUTE'), SECONDLY: part('BYSECOND'), MONTHLY: months }[frequency]);
  if (wrong)
    return null;
  const found = [];
  const steps = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromJSDate(new Date(start), true));
  for (let time = steps.next(); time && time.toUnixTime() * 1000 < until; time = steps.next()) {
    if (time.toUnixTime() * 1000 >= from)
      found.push(aSecond(time.toUnixTime() * 1000));
  }
  return found;
}

function randomRule(random) {
  const chance = of => random() < of;
  const one = list => list[Math.floor(random() * list.length)];
  // Ascending, because rrule takes the times of a day in the order in which they are written, which BYSETPOS shows.
  const some = (most, make) => [...new Set(Array.from({ length: 1 + Math.floor(random() * most) }, make))].sort((a, b) => a - b).join(',');
  const upTo = (most, least = 1) => least + Math.floor(random() * (most - least + 1));
  const signed = most => (chance(0.3) ? -1 : 1) * upTo(most);

  const frequency = one(['YEARLY', 'YEARLY', 'MONTHLY', 'MONTHLY', 'MONTHLY', 'WEEKLY', 'WEEKLY', 'DAILY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY']);
  const rank = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY'].indexOf(frequency);
  const parts = [`FREQ=${frequency}`];
  const add = (part, of, value) => chance(of) && parts.push(`${part}=${value()}`);
  const has = part => parts.some(p => p.startsWith(part + '='));

  add('WKST', 0.3, () => one(WEEKDAYS));
  // rrule goes through all hours, minutes or seconds that are not allowed, one by one, so these rules are allowed most of them.
  const only = rank > 3 ? (rank === 4 ? one(['BYMONTH', 'BYYEARDAY', 'BYMONTHDAY', 'BYDAY', '']) : '') : null;
  const may = part => only === null || only === part;
  if (may('BYMONTH')) add('BYMONTH', rank === 0 ? 0.4 : 0.15, () => some(4, () => upTo(12)));
  if (rank === 0) add('BYWEEKNO', 0.15, () => some(3, () => signed(53)));
  if (may('BYYEARDAY') && (rank === 0 || rank > 3)) add('BYYEARDAY', rank ? 1 : 0.15, () => some(rank ? 100 : 4, () => signed(366)));
  if (may('BYMONTHDAY') && rank !== 2) add('BYMONTHDAY', 0.3, () => some(rank > 2 ? 15 : 4, () => signed(31)));
  const ordinals = rank < 2 && !has('BYWEEKNO') && chance(has('BYMONTHDAY') ? 0.1 : 0.6);
  const most = rank === 1 || has('BYMONTH') ? 5 : 53;
  // All with an ordinal or all without, because rrule wants both to hold; and always with BYWEEKNO, because rrule has whole weeks instead of DTSTART's day.
  if (may('BYDAY')) add('BYDAY', has('BYWEEKNO') ? 1 : 0.5, () => some(4, () => (ordinals ? signed(most) : '') + one(WEEKDAYS)));
  if (rank < 6) add('BYHOUR', rank < 4 ? 0.15 : 0.3, () => some(rank < 4 ? 3 : 12, () => upTo(23, 0)));
  add('BYMINUTE', rank < 5 ? 0.15 : 0.5, () => some(rank < 5 ? 3 : 12, () => upTo(59, 0)));
  add('BYSECOND', rank < 6 ? 0.1 : 1, () => some(2, () => upTo(59, 0)));
  // Counted back beyond the first of a set, rrule takes the first. And where a set may be too small, it searches until the year 9999.
  const positions = () => rank ? one([1, -1, '1,-1', '-1,2', '1,-2', '2,3,-1']) : some(3, () => chance(0.3) ? -1 : upTo(chance(0.8) ? 4 : 366));
  if (parts.some(p => p.startsWith('BY'))) add('BYSETPOS', 0.15, positions);
  // rrule loses count of INTERVAL where minutes or seconds are limited, and never ends if it steps over all of BYHOUR.
  const limited = rank > 3 && parts.some(p => /BY(HOUR|MINUTE|SECOND)=/.test(p));
  add('INTERVAL', 0.4, () => !limited ? upTo(rank > 4 ? 90 : 5) : rank === 4 ? one([5, 7, 11]) : 1);
  // What several positions pick twice, rrule counts twice.
  if (chance(0.4)) parts.push(chance(0.5) && !parts.some(p => /BYSETPOS=.*,/.test(p)) ? `COUNT=${upTo(rank > 3 ? 3000 : 300)}` : 'UNTIL=?');
  return parts.join(';');
}
