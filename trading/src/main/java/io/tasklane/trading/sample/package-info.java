/**
 * A generated market: real tickers, invented numbers, the same for the same seed and day. It prints
 * itself in the public formats that a user's folder has, so nothing behind it can tell.
 */
package io.tasklane.trading.sample;
