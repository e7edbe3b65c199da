/** Technical indicators over daily prices: statistics, so double throughout, never money. */
package io.tasklane.trading.indicator;
