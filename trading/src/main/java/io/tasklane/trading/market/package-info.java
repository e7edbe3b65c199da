/** What is traded and at which prices: symbols.csv and prices/SYMBOL.csv, understood. */
package io.tasklane.trading.market;
