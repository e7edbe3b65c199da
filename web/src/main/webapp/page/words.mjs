// Figures as people read them.

/** 12345 as "12,345". */
export const count = (value) => Number(value ?? 0).toLocaleString('en');

/** A rate a second: "0", "0.02", "0.3", "12", "1,204". */
export function rate(value = 0) {
  if (value === 0 || value >= 10) {
    return count(Math.round(value));
  }
  return value.toFixed(value < 0.1 ? 2 : 1);
}

/** Seconds of proto JSON's "1.500s"; NaN where there is none. */
export const seconds = (duration) => (duration ? Number.parseFloat(duration) : Number.NaN);

/** A time span: "3 ms", "1.2 s", "45 s", "3 min", "2.5 h"; a dash where there is none. */
export function span(s) {
  if (Number.isNaN(s)) {
    return '–';
  }
  if (s < 1) {
    return `${Math.round(s * 1000)} ms`;
  }
  if (s < 60) {
    return `${s < 10 ? s.toFixed(1) : Math.round(s)} s`;
  }
  return s < 3600 ? `${Math.round(s / 60)} min` : `${(s / 3600).toFixed(1)} h`;
}

/** How long something has lasted so far, in whole seconds at least, so that it does not flicker. */
export const age = (s) => (s < 10 ? `${Math.floor(Math.max(0, s))} s` : span(s));

/** "09:29:05", where the reader is. */
export const clockTime = (date) => date.toLocaleTimeString('en-GB');
