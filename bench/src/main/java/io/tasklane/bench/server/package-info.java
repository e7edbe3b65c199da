/** The server that is measured: one that runs, or one of the bench's own. */
package io.tasklane.bench.server;
