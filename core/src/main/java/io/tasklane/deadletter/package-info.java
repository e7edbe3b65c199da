/** Tasks that failed for good, kept until somebody replays or discards them. */
package io.tasklane.deadletter;
