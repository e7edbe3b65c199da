/** The rows of dead letters: how they are read, and put away for good. */
package io.tasklane.deadletter.store;
