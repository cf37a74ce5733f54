// Prints the public holidays of this year and the two after it, a country or a region of one on each line; with countries as arguments, only theirs.
import Holidays from 'date-holidays'

const first = new Date().getUTCFullYear()
const years = [first, first + 1, first + 2]
const world = new Holidays()

// What the gazetteer calls regions that the package has under the names of their own languages alone.
const alsoCalled = {
  BR: { DF: 'Federal District' },
  DE: { BY: 'Bavaria', HE: 'Hesse', NI: 'Lower Saxony', NW: 'North Rhine-Westphalia', SN: 'Saxony', ST: 'Saxony-Anhalt', TH: 'Thuringia' },
  ES: { AN: 'Andalusia', CL: 'Castille and León', CM: 'Castille-La Mancha', NC: 'Navarre', VC: 'Valencia' },
  MY: { '04': 'Melaka' },
  NZ: { WTC: 'West Coast' }
}

for (const country of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(world.getCountries())) {
  const own = new Holidays(country).getLanguages()
  const languages = [...own.filter(l => l.startsWith('en')), 'en', ...own]
  print(country, [], languages)
  for (const region of Object.keys(world.getStates(country) ?? {})) {
    const names = languages.map(language => world.getStates(country, language)[region])
    print(country, [region, ...names, alsoCalled[country]?.[region]].filter(Boolean), languages)
  }
}

function print (country, region, languages) {
  const calendar = new Holidays(country, ...region.slice(0, 1), { languages, types: ['public', 'bank'] })
  const holidays = years.flatMap(year => calendar.getHolidays(year)).filter(isOff).map(holiday => ({
    on: holiday.date.slice(0, 10),
    days: Math.floor((hours(holiday) + 1) / 24),
    name: holiday.name
  }))
  console.log(JSON.stringify({ country, region: region[0], names: [...new Set(region)], holidays }))
}

// Whole days on which the law lets people off, or banks where the day is in another's stead. A day on which clocks change may have 23 hours.
function isOff (holiday) {
  return (holiday.type === 'public' || holiday.substitute) && holiday.date.slice(11, 19) === '00:00:00' && hours(holiday) >= 23
}

function hours ({ start, end }) {
  return (end - start) / 3_600_000
}
