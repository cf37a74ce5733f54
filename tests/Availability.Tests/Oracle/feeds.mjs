// What ical.js finds busy in a whole feed.
import ICAL from 'ical.js';

const DAY = 86_400_000;

/**
 * @param {string} home what the feed calls the zone in which dates and floating times are read
 * @returns {[number, number][]} the edges of all that overlaps the window
 */
export function busyIn(text, home, from, until) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents('vtimezone'))
    ICAL.TimezoneService.register(zone);

  const found = [];
  const add = (event, start, end) => {
    const edges = [instantOf(start, home), instantOf(end, home)];
    if (!isFree(event) && edges[0] < edges[1] && edges[0] < until && from < edges[1])
      found.push(edges);
  };

  const events = calendar.getAllSubcomponents('vevent');
  const isChange = event => event.hasProperty('recurrence-id');
  const uid = event => event.getFirstPropertyValue('uid');
  for (const event of events.filter(event => !isChange(event))) {
    // Named, because ical.js would take the changes of all other events too.
    const series = new ICAL.Event(event, { exceptions: events.filter(change => isChange(change) && uid(change) === uid(event)) });
    if (!series.isRecurring()) {
      add(event, series.startDate, series.endDate);
      continue;
    }

    // A change may move an occurrence by a month.
    const starts = series.iterator();
    for (let start = starts.next(); start && instantOf(start, home) < until + 31 * DAY; start = starts.next()) {
      const { item, startDate, endDate } = series.getOccurrenceDetails(start);
      add(item.component, startDate, endDate);
    }
  }

  for (const change of events.filter(change => isChange(change) && !events.some(event => !isChange(event) && uid(event) === uid(change)))) {
    const { startDate, endDate } = new ICAL.Event(change);
    add(change, startDate, endDate);
  }

  return found;
}

function isFree(event) {
  return event.getFirstPropertyValue('status') === 'CANCELLED'
    || event.getFirstPropertyValue('transp') === 'TRANSPARENT'
    || event.getFirstPropertyValue('x-microsoft-cdo-busystatus') === 'FREE';
}

function instantOf(time, home) {
  if (time.isDate || time.zone === ICAL.Timezone.localTimezone) {
    const { year, month, day, hour, minute, second } = time;
    const clock = time.isDate ? {} : { hour, minute, second };
    time = ICAL.Time.fromData({ year, month, day, hour: 0, minute: 0, second: 0, isDate: false, ...clock });
    time.zone = ICAL.TimezoneService.get(home);
  }

  return time.toUnixTime() * 1000;
}
