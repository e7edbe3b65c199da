/** Calendars, as every feature may read them. */
package io.tasklane.calendar;
