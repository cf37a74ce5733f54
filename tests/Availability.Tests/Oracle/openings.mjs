// Reads timetables from a file, one a line, and prints the starts that the rules of openings allow when luxon tells the time: the wall clock first, then
// the instants that show it. Prints null where its zone data are of another day than ours and a clock shows something else.
// Instants are milliseconds since 1970; times on the wall the same, as if the wall showed UTC.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { DateTime, IANAZone } from 'luxon';

const MINUTE = 60_000, DAY = 1440 * MINUTE, SIX_HOURS = DAY / 4;

/** Luxon's zone, which takes its time for an offset, asked as seldom as can be: no clock changes twice within six hours. */
class Zone extends IANAZone {
  #known = new Map();

  offset(instant) {
    const before = Math.floor(instant / SIX_HOURS) * SIX_HOURS;
    return this.#at(before) === this.#at(before + SIX_HOURS) ? this.#at(before) : this.#at(instant);
  }

  #at(instant) {
    return this.#known.get(instant) ?? this.#known.set(instant, super.offset(instant)).get(instant);
  }
}

const zones = new Map();
const zoneOf = name => zones.get(name) ?? zones.set(name, new Zone(name)).get(name);

const wallOf = text => DateTime.fromISO(text, { zone: 'utc' }).toMillis();
const shown = (instant, zone) => instant + zone.offset(instant) * MINUTE;
const dateOf = wall => Math.floor(wall / DAY);
const mondayOf = date => Math.floor((date + 3) / 7);

/** None for a time that the clock jumps over, two for one that it shows again. */
function instantsOf(wall, zone) {
  const local = DateTime.fromMillis(wall, { zone: 'utc' }).setZone(zone, { keepLocalTime: true });
  return shown(local.toMillis(), zone) === wall ? local.getPossibleOffsets().map(each => each.toMillis()).sort((a, b) => a - b) : [];
}

/** From the first instant that shows one time or a later one, until the last that shows less than the other. */
function between(from, to, zone) {
  const [begin, end] = [[], []];
  for (let wall = from; begin.length === 0; wall += 5 * MINUTE)
    begin.push(...instantsOf(wall, zone));
  for (let wall = to - 5 * MINUTE; end.length === 0; wall -= 5 * MINUTE)
    end.push(...instantsOf(wall, zone));
  return [begin[0], end.at(-1) + 5 * MINUTE];
}

/** The hours of a place on the wall, as far as a visit that starts in the window can lie in them. */
function* hoursOf(place, service, window, zone) {
  const [first, last] = [dateOf(shown(window[0], zone)) - 1, dateOf(shown(window[1], zone)) + 1];
  for (let date = first; date <= last; date++) {
    const midnight = DateTime.fromMillis(date * DAY, { zone: 'utc' });
    const name = midnight.toISODate();
    for (const { day, from, to, services, since, before } of place.weekly) {
      if (day !== midnight.weekday || (services && !services.includes(service)) || (since && name < since) || (before && name >= before))
        continue;
      yield [wallOf(`${name}T${from}`), wallOf(`${midnight.plus({ days: to > from ? 0 : 1 }).toISODate()}T${to}`)];
    }
  }
  for (const [from, to] of place.extraHours)
    yield [wallOf(from), wallOf(to)];
}

/** Time off on the wall, that of every year in the years around the window. Its last day is the day that has its name, or the last of February. */
function* timeOff(place, window) {
  for (const [begin, end, everyYear] of place.timeOff) {
    const [from, to] = [begin, end].map(text => DateTime.fromISO(text, { zone: 'utc' }));
    if (!everyYear) {
      yield [from.toMillis(), to.toMillis()];
      continue;
    }
    const wholeDays = to.hour === 0 && to.minute === 0;
    const year = DateTime.fromMillis(window[0], { zone: 'utc' }).year;
    for (let years = Math.max(0, year - 1 - from.year); years <= year + 1 - from.year; years++) {
      let until = wholeDays ? to.minus({ days: 1 }).plus({ years }).plus({ days: 1 }) : to.plus({ years });
      if (!wholeDays && until.day !== to.day && from.toISODate() !== to.toISODate())
        until = until.plus({ days: 1 });
      yield [from.plus({ years }).toMillis(), until.toMillis()];
    }
  }
}

/** Which of the stretches make one, ascending; those that touch do. */
function joined(stretches) {
  const found = [];
  for (const [from, until] of stretches.filter(([from, until]) => from < until).sort((a, b) => a[0] - b[0])) {
    if (found.length > 0 && from <= found.at(-1)[1])
      found.at(-1)[1] = Math.max(found.at(-1)[1], until);
    else
      found.push([from, until]);
  }
  return found;
}

function startsAt(place, t) {
  const zone = zoneOf(place.zone);
  const hours = [...hoursOf(place, t.service, t.window, zone)];
  const open = joined(hours.map(([from, to]) => between(from, to, zone)));
  const closed = [...t.busy, ...[...timeOff(place, t.window)].map(([from, to]) => between(from, to, zone)).filter(([from, until]) => from < until)];
  const taken = t.claims.map(({ from, until, at }) => at === place.id ? [from, until] : [from - t.travelGap * MINUTE, until + t.travelGap * MINUTE]);
  const dates = t.claims.map(({ on }) => dateOf(wallOf(on)));
  const today = dateOf(shown(t.now, zone));

  const isOffered = (start, date) => {
    const end = start + t.minutes * MINUTE;
    const [before, after] = [start - t.bufferBefore * MINUTE, end + t.bufferAfter * MINUTE];
    return start >= t.window[0] && start < t.window[1] && start >= t.now + t.notice * MINUTE && date <= today + t.horizon
      && open.some(([from, until]) => from <= start && end <= until)
      && !closed.some(([from, until]) => from < end && start < until)
      && !taken.some(([from, until]) => from < after && before < until)
      && dates.filter(on => on === date).length < (t.maxPerDay ?? Infinity)
      && dates.filter(on => mondayOf(on) === mondayOf(date)).length < (t.maxPerWeek ?? Infinity);
  };

  const starts = new Set();
  const [earliest, latest] = [shown(t.window[0], zone) - SIX_HOURS, shown(t.window[1], zone) + SIX_HOURS];
  for (const [from, to] of hours) {
    const passed = Math.max(0, Math.ceil((earliest - from) / (t.interval * MINUTE)));
    for (let wall = from + passed * t.interval * MINUTE; wall < Math.min(to, latest); wall += t.interval * MINUTE)
      instantsOf(wall, zone).filter(start => isOffered(start, dateOf(wall))).forEach(start => starts.add(start));
  }
  return [...starts].sort((a, b) => a - b);
}

/** Whether luxon's clock shows the same all along: its zone data may be of another day than ours. */
const agrees = ({ zone, clock }) => zoneOf(zone).isValid && clock.every(([from, until, offset]) => {
  for (let instant = from; instant < until; instant += DAY) {
    if (zoneOf(zone).offset(instant) !== offset)
      return false;
  }
  return zoneOf(zone).offset(until - MINUTE) === offset;
});

for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  const t = JSON.parse(line);
  const starts = () => t.places.filter(place => t.at.includes(place.id)).flatMap(place => startsAt(place, t).map(start => [start, place.id]));
  console.log(JSON.stringify(t.places.every(agrees) ? starts() : null));
}
