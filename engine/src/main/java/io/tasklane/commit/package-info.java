/**
 * How rows are written: commands, and the one writer of a node that commits them in groups. No
 * command of a feature belongs here.
 */
package io.tasklane.commit;
