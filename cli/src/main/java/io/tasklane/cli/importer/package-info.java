/**
 * {@code tasklane import}: schedules of other systems as ours. A reader for each system makes
 * {@link io.tasklane.cli.importer.Entry entries} of a file; {@link
 * io.tasklane.cli.importer.Conversion} makes schedules of them, by a mapping of names. What cannot
 * be carried over is reported with its line, and never changed in silence.
 */
package io.tasklane.cli.importer;
