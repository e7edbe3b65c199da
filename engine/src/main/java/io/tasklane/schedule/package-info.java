/**
 * Schedules in the store: looks at what is due, runs, changes, and what edges may call. What is
 * due, and what becomes of it, core decides; here the rows and tasks of a decision are written, in
 * one transaction. Calendars have a package of their own.
 */
package io.tasklane.schedule;
