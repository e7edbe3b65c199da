/**
 * Checks the behaviours of clients/conformance/behaviours.txt for the Java client, as the runners
 * of the other languages do for theirs. A system test runs it against a server.
 */
package io.tasklane.conformance;
