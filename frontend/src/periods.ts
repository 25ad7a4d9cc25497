// From a dragged stretch of the time axis to whole days, months or years.

export type Grain = "day" | "month" | "year";

/** First and last day (ISO) of the units that a stretch touches by at least half, one unit at the least. */
export function snap(from: Date, to: Date, grain: Grain): [string, string] {
  const first = floor(round(from, grain), grain);
  let past = floor(round(to, grain), grain);
  if (past <= first) past = next(floor(from, grain) <= first ? first : floor(from, grain), grain);
  return [iso(first), iso(new Date(past.getTime() - 86_400_000))];
}

export function floor(day: Date, grain: Grain): Date {
  const year = day.getUTCFullYear();
  if (grain === "year") return new Date(Date.UTC(year, 0, 1));
  if (grain === "month") return new Date(Date.UTC(year, day.getUTCMonth(), 1));
  return new Date(Date.UTC(year, day.getUTCMonth(), day.getUTCDate()));
}

export function next(day: Date, grain: Grain): Date {
  if (grain === "year") return new Date(Date.UTC(day.getUTCFullYear() + 1, 0, 1));
  if (grain === "month") return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1));
  return new Date(day.getTime() + 86_400_000);
}

export const iso = (day: Date): string => day.toISOString().slice(0, 10);

/** The day a period key (`2023`, `2023-10`, `2023-10-19`) begins on. */
export function begin(key: string): Date {
  const [year, month, day] = key.split("-").map(Number);
  return new Date(Date.UTC(year ?? 1970, (month ?? 1) - 1, day ?? 1));
}

function round(day: Date, grain: Grain): Date {
  const low = floor(day, grain);
  const high = next(low, grain);
  return day.getTime() - low.getTime() < high.getTime() - day.getTime() ? low : high;
}
