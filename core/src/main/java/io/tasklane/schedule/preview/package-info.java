/** The preview: what the next runs of a schedule will be, what will not run, and why. */
package io.tasklane.schedule.preview;
