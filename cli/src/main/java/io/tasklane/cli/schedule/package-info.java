/** The commands about schedules. */
package io.tasklane.cli.schedule;
