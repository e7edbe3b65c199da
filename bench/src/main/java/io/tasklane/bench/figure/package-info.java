/** What was measured, on which machine, and how it compares; no measuring here. */
package io.tasklane.bench.figure;
