/** {@code tasklane event}: the log of everything that happened. */
package io.tasklane.cli.event;
