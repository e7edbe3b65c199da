/** Dead letters: how they are read, and discarded. */
package io.tasklane.deadletter;
