/**
 * Calendars in the store: those of users, and changed copies of those that come with the server.
 */
package io.tasklane.schedule.calendar;
