/**
 * Calendars of markets: sessions, holidays, early closes and special sessions, as values. The two
 * that come with the server are resources of this package, with the source of each list in them.
 */
package io.tasklane.schedule.calendar;
