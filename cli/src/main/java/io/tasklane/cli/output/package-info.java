/** How answers look: tables for people, proto JSON for programs, lines that redraw themselves. */
package io.tasklane.cli.output;
