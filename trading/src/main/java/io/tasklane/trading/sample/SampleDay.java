package io.tasklane.trading.sample;

import io.tasklane.trading.market.Bar;

/**
 * One session of one symbol.
 *
 * @param bar its prices
 * @param jump what news did to the open, as a share of the price; 0 on most days
 */
record SampleDay(Bar bar, double jump) {}
