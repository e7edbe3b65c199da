/** How rows are written: commands, and the one writer of a node that commits them in groups. */
package io.tasklane.store;
