/** A trading task's input: read with its defaults, checked, symbols normalised once. */
package io.tasklane.trading.input;
