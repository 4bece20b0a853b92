import Holidays from "date-holidays";
import { DAY } from "./time.ts";

/** Where several countries share a zone, or one has no holidays of its own, the place most of its people live in. */
const placesByZone: Record<string, string> = {
  "Africa/Abidjan": "CI",
  "Africa/Johannesburg": "ZA",
  "Africa/Lagos": "NG",
  "Africa/Maputo": "MZ",
  "Africa/Nairobi": "KE",
  "America/Panama": "PA",
  "Europe/Belgrade": "RS",
  "Europe/Helsinki": "FI",
  "Europe/London": "GB-ENG",
};

const countriesByZone = new Map<string, string>();

/**
 * The place whose holidays people in a zone keep, as a country or country and state.
 * @example placeOfZone("Australia/Melbourne"); // => "AU-VIC"
 */
export function placeOfZone(zone: string): string | undefined {
  const known = placesByZone[zone];
  if (known) return known;
  if (countriesByZone.size === 0) readCountries();
  const country = countriesByZone.get(zone);
  if (!country) return undefined;
  const states = Object.keys(new Holidays().getStates(country) ?? {});
  const own = states.filter((state) => new Holidays(country, state).getTimezones().includes(zone));
  const sharesZones = new Holidays(country).getTimezones().length === own.length;
  return own.length === 1 && !sharesZones ? `${country}-${own[0]}` : country;
}

function readCountries(): void {
  for (const country of Object.keys(new Holidays().getCountries())) {
    for (const zone of new Holidays(country).getTimezones()) {
      if (!countriesByZone.has(zone)) countriesByZone.set(zone, country);
    }
  }
}

/** Whether there is a calendar for a place: a country, or country and state such as `AU-VIC`. */
export function isPlace(place: string): boolean {
  const [country = "", state] = place.split("-");
  const calendars = new Holidays();
  if (!(country in calendars.getCountries())) return false;
  return state === undefined || state in (calendars.getStates(country) ?? {});
}

const daysByPlace = new Map<string, Set<number>>();
const yearsRead = new Set<string>();

/** Whether a day, counted from 1970, is a public holiday in the country, or else in the country of the zone. */
export function isHoliday(day: number, zone: string, country?: string): boolean {
  const place = country ?? zone;
  const days = daysByPlace.get(place) ?? new Set<number>();
  daysByPlace.set(place, days);
  const year = new Date(day * DAY).getUTCFullYear();
  if (!yearsRead.has(`${place} ${year}`)) {
    yearsRead.add(`${place} ${year}`);
    for (const holiday of holidaysOf(country ?? placeOfZone(zone), year)) days.add(holiday);
  }
  return days.has(day);
}

function holidaysOf(place: string | undefined, year: number): number[] {
  if (!place) return [];
  const [country, state] = place.split("-") as [string, string | undefined];
  const calendar = state ? new Holidays(country, state) : new Holidays(country);
  const days = (calendar.getHolidays(year) || [])
    .filter(({ type }) => type === "public" || type === "bank" || type === "optional")
    .flatMap(({ date, start, end }) => {
      const first = Date.parse(`${date.slice(0, 10)}T00:00Z`) / DAY;
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY));
      return Array.from({ length }, (_, i) => first + i);
    });
  return days.includes(Date.UTC(year, 11, 25) / DAY) ? [...days, ...betweenTheYears(year)] : days;
}

// Where Christmas is kept, hardly any day from its eve to New Year's is like others, though few are holidays by law.
const betweenTheYears = (year: number): number[] =>
  Array.from({ length: 8 }, (_, i) => Date.UTC(year, 11, 24 + i) / DAY);
