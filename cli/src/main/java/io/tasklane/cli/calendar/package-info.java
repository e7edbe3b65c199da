/** The commands about calendars. */
package io.tasklane.cli.calendar;
